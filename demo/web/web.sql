-- What the web site needs in space :space: a role of a public form, one of an
-- application, and who signs in: party :party, who organizes everything.
CREATE ROLE salon_form LOGIN;
CREATE ROLE salon_application LOGIN;
SELECT salon.grant_access(:'space', 'salon_form', 'form'), salon.grant_access(:'space', 'salon_application', 'application'),
       salon.grant_access(:'space', :party, 'organizer') \g /dev/null
