-- Labels in the language of the session.

CREATE FUNCTION lang()
RETURNS text
LANGUAGE c STABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_lang_show';

COMMENT ON FUNCTION lang() IS
'Language of labels and messages in this session, en or zh: the setting salon.lang';

CREATE FUNCTION _loads(internal) RETURNS internal
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_loads';

COMMENT ON FUNCTION _loads(internal) IS
'Support function of label and say, and of what indexes of events and of sessions call: the planner asks it, so the library is there when a query of a space begins, and with it the setting salon.jit';

CREATE FUNCTION label(en text, zh text, code text DEFAULT NULL)
RETURNS text
LANGUAGE c STABLE PARALLEL SAFE COST 1 SUPPORT _loads
AS 'MODULE_PATHNAME', 'salon_label';

COMMENT ON FUNCTION label(text, text, text) IS
'Label in the language of salon.lang, else in the other language, else the code';

CREATE FUNCTION say(english text)
RETURNS text
LANGUAGE c STABLE STRICT PARALLEL SAFE COST 1 SUPPORT _loads
AS 'MODULE_PATHNAME', 'salon_say_text';

COMMENT ON FUNCTION say(text) IS
'What an error, detail or hint says, in the language of salon.lang: from the catalogue of the extension, else as it is; the text may be that of format()';

-- What C says of a setting, in English, comes from there.
CREATE FUNCTION settings(OUT name text, OUT value text, OUT unit text, OUT default_value text, OUT what text) RETURNS SETOF record
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 10
BEGIN ATOMIC
    SELECT salon.lang(); -- the library is there from now on, and has settings
    SELECT s.name, s.setting, s.unit, s.boot_val, salon.label(pg_catalog.concat_ws(' ', s.short_desc, s.extra_desc), z.zh)
    FROM pg_catalog.pg_settings s
    LEFT JOIN (VALUES
        ('salon.barter_time', '一个分区的 barter 可用的时间。到时返回已找到的最好结果并给出警告；barter_detail 给出差距。0 为不限。'),
        ('salon.import', '允许按历史原样录入任何状态的行。供空间的所有者和管理员使用。'),
        ('salon.jit', '允许 jit 编译空间的查询。它们在许多表中各查几行，编译比运行更费时。'),
        ('salon.lang', '视图中标签和消息的语言。该语言没有的标签用另一种语言显示。'),
        ('salon.match_engine', '匹配首先尝试的引擎。用于测试：无论用哪个引擎，总值相同。'),
        ('salon.match_memory', '一次匹配可用的内存。窗口本身的行不计入：它们遵守 work_mem。'),
        ('salon.max_gap', '为了更快，匹配可以放弃的最优总值的份额。0 要求最优总值；allocate_detail 给出已证明的差距。'),
        ('salon.optimal', 'stable_match 为哪一方求最优的稳定匹配。applicant 或 opening：没有相同名次时，该方每一个都得到它在任何稳定匹配中能得到的最好结果。'),
        ('salon.party', '应用代表的参与方。供级别为 application 的角色使用：其他人设置它不起作用。'),
        ('salon.progress', '长时间的匹配两次进度通知之间的秒数。0 为不通知。'),
        ('salon.ties', 'stable_match 如何对待相同名次。break 按标识区分；largest 利用它们，至少匹配任何稳定匹配所能匹配的三分之二。')) z (name, zh) ON z.name = s.name
    WHERE s.name LIKE 'salon.%'
    ORDER BY s.name;
END;

COMMENT ON FUNCTION settings() IS
'Settings of the extension, their values in this session, and what each does, in the language of salon.lang; from its first call in a session on SHOW knows them';

CREATE FUNCTION version()
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
RETURN '@version@';

COMMENT ON FUNCTION @extschema@.version() IS
'Version of the extension whose functions run, which a space is compared with';

CREATE FUNCTION _table_name(name name) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1
RETURN regexp_replace(name::text, '_\d{6,}$', '');

COMMENT ON FUNCTION _table_name(name) IS
'The table that a trigger is of: where Citus keeps it, its name there ends in a number';
