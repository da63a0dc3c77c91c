-- Shipped rows: which of the 28 items waits for which.  The source does not say
-- that, except that the article is made of the video (C24, C25): the rest is an
-- interpretation. Edit it.

INSERT INTO item_dependency (template_code, item_code, needs_code, shipped)
SELECT i.template_code, i.item_code, n.item_code, true
FROM (VALUES
    (1, 'C2', 'C1'),
    (2, 'C3', 'C1'),
    (3, 'C4', 'C1'),
    (4, 'C5', 'C7'),
    (5, 'C5', 'C10'),
    (6, 'C6', 'C2'),
    (7, 'C9', 'C2'),
    (8, 'C9', 'C10'),
    (9, 'C9', 'C11'),
    (10, 'C11', 'C5'),
    (11, 'C11', 'C7'),
    (12, 'C11', 'C10'),
    (13, 'C12', 'C1'),
    (14, 'C12', 'C10'),
    (15, 'C13', 'C11'),
    (16, 'C14', 'C10'),
    (17, 'C15', 'C4'),
    (18, 'C16', 'C12'),
    (19, 'C17', 'C12'),
    (20, 'C18', 'C4'),
    (21, 'C18', 'C5'),
    (22, 'C19', 'C3'),
    (23, 'C20', 'C1'),
    (24, 'C21', 'C2'),
    (25, 'C21', 'C9'),
    (26, 'C21', 'C11'),
    (27, 'C21', 'C12'),
    (28, 'C21', 'C16'),
    (29, 'C21', 'C17'),
    (30, 'C21', 'C18'),
    (31, 'C21', 'C19'),
    (32, 'C21', 'C20'),
    (33, 'C22', 'C12'),
    (34, 'C23', 'C26'),
    (35, 'C24', 'C25'),
    (36, 'C25', 'C15'),
    (37, 'C26', 'C14'),
    (38, 'C27', 'C12')
) v (ordinal, item_code, needs_code)
JOIN checklist_item i ON i.item_code = v.item_code AND i.template_code = 'salon'
JOIN checklist_item n ON n.item_code = v.needs_code AND n.template_code = 'salon'
ORDER BY v.ordinal;
