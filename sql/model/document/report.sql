-- For reporting tools: wide views, plainly typed, whose columns are named alike.
-- Each line has its event, the day, the city and the series, and the keys by which
-- it joins the others: report_event is what they have in common.

CREATE VIEW _report_event WITH (security_invoker) AS
SELECT e.event_id, _event_label(e.event_id, e.name_en, e.name_zh) AS event, _event_date(e.starts_at, e.time_zone) AS held_on,
       e.city_code, salon.label(c.name_en, c.name_zh, c.city_code) AS city, e.series_id, salon.label(s.name_en, s.name_zh) AS series
FROM event e
LEFT JOIN city c ON c.city_code = e.city_code
LEFT JOIN series s ON s.series_id = e.series_id;

COMMENT ON VIEW _report_event IS 'What each line of a report says of its event';

CREATE VIEW report_event WITH (security_invoker) AS
SELECT r.event_id, r.event, r.held_on, r.city_code, r.city, r.series_id, r.series,
       extract(year FROM r.held_on)::bigint AS year, date_trunc('month', r.held_on::timestamp)::date AS month_starts_on,
       s.status_code, s.status, e.template_code, salon.label(t.name_en, t.name_zh, t.template_code) AS template,
       (SELECT string_agg(_party_label(p.party_id, p.name_en, p.name_zh), salon.say(', ') ORDER BY ep.event_party_id)
        FROM event_party ep
        LEFT JOIN party p ON p.party_id = ep.party_id
        WHERE ep.event_id = e.event_id AND ep.part_code = 'host') AS hosts,
       s.on_site_planned, s.on_site, s.online_planned, s.online, s.registered_on_site, s.registered_online,
       s.pv_planned, s.pv, s.posts_planned, s.posts, s.talks_planned, s.talks,
       s.cost_planned, s.cost, s.sponsorship_planned, s.sponsorship, (SELECT x.currency FROM space x) AS currency,
       s.responses_planned, s.responses, s.outcomes_planned, s.outcomes
FROM event e
JOIN _report_event r ON r.event_id = e.event_id
JOIN recap_summary s ON s.event_id = e.event_id
LEFT JOIN template t ON t.template_code = e.template_code;

COMMENT ON VIEW report_event IS 'For reports: a line for each event, with its place in time, its city and series, and its main figures, planned and actual; NULL: not known / 报表：活动';
COMMENT ON COLUMN report_event.month_starts_on IS 'First day of its month / 月份';
COMMENT ON COLUMN report_event.year IS 'Year in which it is held / 年份';
COMMENT ON COLUMN report_event.hosts IS 'Labels of its hosts / 主办方';
COMMENT ON COLUMN report_event.on_site_planned IS 'People on site: planned / 计划线下人数';
COMMENT ON COLUMN report_event.on_site IS 'People on site: that came / 实际线下人数';
COMMENT ON COLUMN report_event.online_planned IS 'People online: planned / 计划线上人数';
COMMENT ON COLUMN report_event.online IS 'People online: that came / 实际线上人数';
COMMENT ON COLUMN report_event.registered_on_site IS 'Seats registered on site / 线下报名人数';
COMMENT ON COLUMN report_event.registered_online IS 'Seats registered online / 线上报名人数';
COMMENT ON COLUMN report_event.pv_planned IS 'Page views: planned / 计划流量';
COMMENT ON COLUMN report_event.pv IS 'Page views / 实际流量';
COMMENT ON COLUMN report_event.posts_planned IS 'Posts: planned / 计划发布数';
COMMENT ON COLUMN report_event.posts IS 'Posts / 实际发布数';
COMMENT ON COLUMN report_event.talks_planned IS 'Talks: planned / 计划议题数';
COMMENT ON COLUMN report_event.talks IS 'Talks given / 实际议题数';
COMMENT ON COLUMN report_event.cost_planned IS 'Budget, in currency / 预算';
COMMENT ON COLUMN report_event.cost IS 'What it cost, in currency / 实际费用';
COMMENT ON COLUMN report_event.sponsorship_planned IS 'Sponsorship planned, in currency / 计划赞助';
COMMENT ON COLUMN report_event.sponsorship IS 'Sponsorship received, in currency / 实际赞助';
COMMENT ON COLUMN report_event.currency IS 'Currency of all amounts / 币种';
COMMENT ON COLUMN report_event.responses_planned IS 'Answers to its surveys: planned / 计划问卷数';
COMMENT ON COLUMN report_event.responses IS 'Answers to its surveys / 实际问卷数';
COMMENT ON COLUMN report_event.outcomes_planned IS 'Outcomes: planned / 计划产出数';
COMMENT ON COLUMN report_event.outcomes IS 'Outcomes / 实际产出数';

CREATE VIEW report_checklist WITH (security_invoker) AS
SELECT c.event_id, r.event, r.held_on, r.city_code, r.city, r.series_id, r.series,
       c.item_code, c.ordinal, c.item, c.phase_code, c.phase, c.status_code, c.status, c.owner_duty_code, c.owner_duty, c.owner,
       c.due_at, c.status_code = 'overdue' AS is_overdue,
       CASE WHEN c.status_code IN ('open', 'overdue') THEN trim_scale(round(extract(epoch FROM c.due_at - now()) / 86400, 1)) END AS days_left,
       c.missing
FROM checklist c
JOIN _report_event r ON r.event_id = c.event_id;

COMMENT ON VIEW report_checklist IS 'For reports: a line for each item of each checklist / 报表：检查表';
COMMENT ON COLUMN report_checklist.owner_duty_code IS 'Duty that owns it / 负责的会务';
COMMENT ON COLUMN report_checklist.owner_duty IS 'Label of the duty / 负责的会务名称';
COMMENT ON COLUMN report_checklist.owner IS 'Who owns it; NULL: nobody / 负责人';
COMMENT ON COLUMN report_checklist.due_at IS 'When it is due / 截止时间';
COMMENT ON COLUMN report_checklist.is_overdue IS 'Whether it is open and past that / 是否逾期';
COMMENT ON COLUMN report_checklist.days_left IS 'Days until it is due, below zero: overdue; NULL: it is not open, or due at no time / 剩余天数';
COMMENT ON COLUMN report_checklist.missing IS 'What is missing; NULL: nothing / 缺少什么';

CREATE VIEW report_money WITH (security_invoker) AS
SELECT x.event_id, r.event, r.held_on, r.city_code, r.city, r.series_id, r.series,
       x.direction_code, salon.label(x.direction_en, x.direction_zh) AS direction, x.cost_id, x.commitment_id, x.kind_code, x.kind,
       x.party_id, x.party, x.planned, x.actual, x.basis, x.paid_on, (SELECT s.currency FROM space s) AS currency
FROM (
    SELECT k.event_id, 'cost' AS direction_code, 'cost' AS direction_en, '支出' AS direction_zh, k.cost_id, k.commitment_id,
           k.cost_kind_code AS kind_code, salon.label(n.name_en, n.name_zh, n.cost_kind_code) AS kind,
           k.payer_id AS party_id, party_label(k.payer_id) AS party, k.planned, k.actual, k.actual_basis AS basis, k.paid_on
    FROM cost k
    JOIN cost_kind n ON n.cost_kind_code = k.cost_kind_code
    UNION ALL
    SELECT c.event_id, 'sponsorship', 'sponsorship', '赞助', NULL, c.commitment_id,
           c.kind, CASE c.kind WHEN 'money' THEN salon.label('money', '资金') ELSE salon.label('in kind', '实物') END,
           c.giver_id, party_label(c.giver_id), c.amount, d.amount, d.basis, (d.paid_at AT TIME ZONE e.time_zone)::date
    FROM commitment c
    JOIN event e ON e.event_id = c.event_id
    CROSS JOIN LATERAL (
        SELECT sum(d.amount) AS amount, min(d.basis) AS basis, max(d.delivered_at) AS paid_at -- claimed, where only part was measured
        FROM delivery d
        WHERE d.commitment_id = c.commitment_id) d
    WHERE c.stands AND c.kind IN ('money', 'in_kind') AND c.giver_id IS NOT NULL AND c.taker_id IS NULL AND num_nonnulls(c.amount, d.amount) > 0
) x
JOIN _report_event r ON r.event_id = x.event_id;

COMMENT ON VIEW report_money IS 'For reports: a line for each cost of an event, and for each thing of a known worth that was promised to it; a cost that keeps a promise has its commitment_id, and is in both directions / 报表：收支';
COMMENT ON COLUMN report_money.direction_code IS 'cost or sponsorship / 方向';
COMMENT ON COLUMN report_money.direction IS 'Label of the direction / 方向名称';
COMMENT ON COLUMN report_money.cost_id IS 'The cost; NULL: a sponsorship / 费用';
COMMENT ON COLUMN report_money.commitment_id IS 'The promise; NULL: a cost that was not promised / 承诺';
COMMENT ON COLUMN report_money.kind_code IS 'Kind of cost; of a sponsorship money or in_kind / 类别';
COMMENT ON COLUMN report_money.kind IS 'Label of the kind / 类别名称';
COMMENT ON COLUMN report_money.party_id IS 'Who pays or gives; NULL: not known / 付款方';
COMMENT ON COLUMN report_money.party IS 'Label of the party / 付款方名称';
COMMENT ON COLUMN report_money.planned IS 'Budget, or what was promised; NULL: not known / 计划金额';
COMMENT ON COLUMN report_money.actual IS 'What it cost, or what was given; NULL: not known / 实际金额';
COMMENT ON COLUMN report_money.basis IS 'measured or claimed; NULL: actual is not known / 依据';
COMMENT ON COLUMN report_money.paid_on IS 'Day of the payment, or of the last delivery on the clock of the event; NULL: not known / 付款日期';
COMMENT ON COLUMN report_money.currency IS 'Currency of both / 币种';

CREATE VIEW report_sponsor WITH (security_invoker) AS
SELECT s.event_id, r.event, r.held_on, r.city_code, r.city, r.series_id, r.series,
       s.party_id, s.party, s.part_code, s.part, s.package_id, s.package, s.has_logo,
       p.planned_amount, p.agreed_amount, p.actual_amount, p.amount_basis, p.is_paid, p.currency,
       p.planned_pv, p.actual_pv, p.planned_price, p.agreed_price, p.actual_price
FROM event_sponsor s
JOIN _report_event r ON r.event_id = s.event_id
-- OFFSET 0: of the sponsors that are asked for, not of all
LEFT JOIN LATERAL (SELECT v.* FROM sponsor_price v WHERE v.event_id = s.event_id AND v.party_id = s.party_id OFFSET 0) p ON true;

COMMENT ON VIEW report_sponsor IS 'For reports: a line for each sponsor, co-organizer and guest company of each event, with what it gave and what a page view cost it / 报表：赞助商';
COMMENT ON COLUMN report_sponsor.has_logo IS 'Whether its logo is there / 是否有 LOGO';
COMMENT ON COLUMN report_sponsor.planned_amount IS 'Amount planned / 计划金额';
COMMENT ON COLUMN report_sponsor.agreed_amount IS 'Amount agreed / 约定金额';
COMMENT ON COLUMN report_sponsor.actual_amount IS 'Amount given / 实际金额';
COMMENT ON COLUMN report_sponsor.amount_basis IS 'measured or claimed / 金额依据';
COMMENT ON COLUMN report_sponsor.is_paid IS 'Whether all of it was paid / 是否付清';
COMMENT ON COLUMN report_sponsor.currency IS 'Currency of amounts and prices / 币种';
COMMENT ON COLUMN report_sponsor.planned_pv IS 'Page views: planned / 计划流量';
COMMENT ON COLUMN report_sponsor.actual_pv IS 'Page views / 实际流量';
COMMENT ON COLUMN report_sponsor.planned_price IS 'Price of a page view by plan / 计划单价';
COMMENT ON COLUMN report_sponsor.agreed_price IS 'Price of a page view by the amount agreed / 约定单价';
COMMENT ON COLUMN report_sponsor.actual_price IS 'Price of a page view / 实际单价';

CREATE VIEW report_exposure WITH (security_invoker) AS
SELECT p.event_id, r.event, r.held_on, r.city_code, r.city, r.series_id, r.series,
       p.post_id, c.channel_id, channel_label(c.channel_id) AS channel, c.platform_code, salon.label(m.name_en, m.name_zh, m.platform_code) AS platform,
       c.party_id, party_label(c.party_id) AS party, a.asset_kind_code,
       p.planned_at, p.posted_at, p.taken_down_at, p.planned_views AS views_planned, p.actual_views AS views, p.actual_basis AS basis
FROM post p
JOIN _report_event r ON r.event_id = p.event_id
JOIN channel c ON c.channel_id = p.channel_id
LEFT JOIN platform m ON m.platform_code = c.platform_code
LEFT JOIN asset a ON a.asset_id = p.asset_id;

COMMENT ON VIEW report_exposure IS 'For reports: a line for each post that tells of an event / 报表：曝光';
COMMENT ON COLUMN report_exposure.channel IS 'Label of the channel / 渠道';
COMMENT ON COLUMN report_exposure.party_id IS 'Whose channel it is / 渠道所属方';
COMMENT ON COLUMN report_exposure.asset_kind_code IS 'Kind of what was posted; NULL: not known / 素材类别';
COMMENT ON COLUMN report_exposure.planned_at IS 'When it should be posted; NULL: it was not planned / 计划发布时间';
COMMENT ON COLUMN report_exposure.posted_at IS 'When it was posted; NULL: not yet / 发布时间';
COMMENT ON COLUMN report_exposure.taken_down_at IS 'When it was taken down; NULL: it was not / 撤下时间';
COMMENT ON COLUMN report_exposure.views_planned IS 'Views: planned; NULL: not known / 计划浏览量';
COMMENT ON COLUMN report_exposure.views IS 'Views; NULL: not known / 浏览量';
COMMENT ON COLUMN report_exposure.basis IS 'measured or claimed; NULL: views are not known / 依据';

CREATE VIEW report_satisfaction WITH (security_invoker) AS
SELECT s.event_id, r.event, r.held_on, r.city_code, r.city, r.series_id, r.series,
       s.party_id, s.party, s.demands, s.met, s.share, s.end_share, s.unmet
FROM satisfaction s
JOIN _report_event r ON r.event_id = s.event_id;

COMMENT ON VIEW report_satisfaction IS 'For reports: a line for each party at each event: how far it got what it wanted / 报表：满意度';
COMMENT ON COLUMN report_satisfaction.demands IS 'How many things it wants there / 需求数';
COMMENT ON COLUMN report_satisfaction.met IS 'How many of them it gets / 已满足数';
COMMENT ON COLUMN report_satisfaction.share IS 'Share of its demands that is met, by their priorities, 0 to 1 / 满足比例';
COMMENT ON COLUMN report_satisfaction.end_share IS 'The same of what it wants for its own sake / 目的满足比例';
COMMENT ON COLUMN report_satisfaction.unmet IS 'What it does not get; NULL: nothing / 未满足项';

-- A seat that moved up counts on the day on which it did, and one that was given
-- back on that day too.
CREATE VIEW report_registration WITH (security_invoker) AS
SELECT x.event_id, r.event, r.held_on, r.city_code, r.city, r.series_id, r.series,
       x.side, _side_label(x.side) AS side_label, x.counted_on, (x.counted_on - r.held_on)::bigint AS days_to_event,
       x.asked, x.registered, x.cancelled, x.registered_so_far
FROM (
    SELECT m.event_id, m.side, m.counted_on, sum(m.asked)::bigint AS asked, sum(m.registered)::bigint AS registered, sum(m.cancelled)::bigint AS cancelled,
           sum(sum(m.registered - m.cancelled)) OVER (PARTITION BY m.event_id, m.side ORDER BY m.counted_on)::bigint AS registered_so_far
    FROM (SELECT g.event_id, g.side, (v.at AT TIME ZONE e.time_zone)::date AS counted_on, v.asked * g.seats AS asked, v.registered * g.seats AS registered, v.cancelled * g.seats AS cancelled
          FROM registration g
          JOIN event e ON e.event_id = g.event_id
          CROSS JOIN LATERAL (VALUES (g.asked_at, 1, 0, 0), (g.registered_at, 0, 1, 0),
                                     (CASE WHEN g.registered_at IS NOT NULL THEN g.cancelled_at END, 0, 0, 1)) v (at, asked, registered, cancelled)
          WHERE v.at IS NOT NULL) m
    GROUP BY m.event_id, m.side, m.counted_on
) x
JOIN _report_event r ON r.event_id = x.event_id;

COMMENT ON VIEW report_registration IS 'For reports: a line for each day on which somebody registered for a side of an event or cancelled, in seats / 报表：报名走势';
COMMENT ON COLUMN report_registration.counted_on IS 'The day, on the clock of the event / 日期';
COMMENT ON COLUMN report_registration.days_to_event IS 'Days from the day of the event, below zero: before it / 距活动天数';
COMMENT ON COLUMN report_registration.asked IS 'Seats that were asked for that day / 当日申请座位';
COMMENT ON COLUMN report_registration.registered IS 'Seats that were registered that day, from the waiting list too / 当日报名座位';
COMMENT ON COLUMN report_registration.cancelled IS 'Registered seats that were given back that day / 当日取消座位';
COMMENT ON COLUMN report_registration.registered_so_far IS 'Seats that were registered and not given back by the end of the day / 累计报名座位';

CREATE VIEW report_program WITH (security_invoker) AS
SELECT x.program_code, x.program, x.edition_id, x.edition, x.event_id, r.event, x.held_on,
       r.city_code, r.city, r.series_id, r.series, x.organizations, x.people, x.finished
FROM (
    SELECT 'hackathon' AS program_code, salon.label('hackathon', '竞赛') AS program, h.event_id AS edition_id, h.event AS edition, h.event_id, h.held_on,
           h.companies + h.schools AS organizations, h.members AS people, h.works AS finished
    FROM hackathon_report h
    UNION ALL
    SELECT 'internship', salon.label('internship', '实习'), i.intake_id, i.intake, i.event_id, coalesce(i.held_on, (SELECT k.starts_on FROM intake k WHERE k.intake_id = i.intake_id)),
           (SELECT count(DISTINCT o.party_id) FROM opening o WHERE o.intake_id = i.intake_id),
           i.applicants, i.accepted
    FROM intake_summary i
    UNION ALL
    SELECT 'certification', salon.label('certification', '认证'), c.certification_level_id, c.certification || ' ' || c.certification_level, NULL::bigint, NULL::date,
           1, (SELECT count(DISTINCT a.person_id) FROM attempt_list a WHERE a.certification_level_id = c.certification_level_id),
           (SELECT count(DISTINCT f.person_id) FROM certificate_list f WHERE f.certification_level_id = c.certification_level_id)
    FROM certification_list c
    UNION ALL
    SELECT 'campus_tour', salon.label('campus tour', '走访高校'), e.event_id, _event_label(e.event_id, e.name_en, e.name_zh), e.event_id, _event_date(e.starts_at, e.time_zone),
           (SELECT count(*) FROM event_party p WHERE p.event_id = e.event_id AND p.part_code = 'school'), NULL, NULL
    FROM event e
    WHERE e.template_code = 'campus_tour' AND NOT e.is_off
    UNION ALL
    SELECT 'joint_project', salon.label('joint project', '校企合作项目'), j.joint_project_id, salon.label(j.name_en, j.name_zh), j.event_id, j.starts_on,
           (SELECT 1 + count(*) FROM joint_project_party p WHERE p.joint_project_id = j.joint_project_id), NULL, (j.done_on IS NOT NULL)::integer::bigint
    FROM joint_project j
) x
LEFT JOIN _report_event r ON r.event_id = x.event_id;

COMMENT ON VIEW report_program IS 'For reports: a line for each edition of each program beside salons: campus tours and joint projects, certifications by level, hackathons, internships / 报表：项目';
COMMENT ON COLUMN report_program.program_code IS 'hackathon, internship, certification, campus_tour or joint_project / 项目类别';
COMMENT ON COLUMN report_program.edition_id IS 'Its key: event_id, intake_id, certification_level_id or joint_project_id / 主键';
COMMENT ON COLUMN report_program.edition IS 'Label of the edition / 届次';
COMMENT ON COLUMN report_program.event_id IS 'Its event; NULL: it has none / 活动';
COMMENT ON COLUMN report_program.held_on IS 'When it is, or begins; NULL: at no time of its own / 日期';
COMMENT ON COLUMN report_program.organizations IS 'Organizations that take part / 参与机构数';
COMMENT ON COLUMN report_program.people IS 'People: team members, applicants, those who sat an exam; NULL: not counted / 人数';
COMMENT ON COLUMN report_program.finished IS 'What came of it: works, accepted offers, people with a certificate, projects done; NULL: not counted / 完成数';
