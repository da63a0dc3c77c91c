/*
 * src/core/escape_core.c
 *
 * Text as it stands in a document of another format, so that it stays text
 * there whatever it says.  What no format takes is left out first: controls,
 * what is no character, the byte order mark, and what turns the direction of
 * text that follows; an end of line is a line feed, whichever of Unicode it
 * was.  The rest is escaped as the format says.
 *
 * Texts are UTF-8.  Each function tells how long its answer is, and writes it
 * when there is somewhere to write.
 */
#include "escape_core.h"

/* What is read */
typedef struct Reader
{
	const unsigned char *at;
	const unsigned char *end;
	uint32_t	raw;			/* what the last character was in the text */
	SalonSteps	steps;
} Reader;

/* What is written, or only counted */
typedef struct Writer
{
	char	   *out;
	size_t		length;
} Writer;

const char *const escape_format_name[ESCAPE_FORMATS] = {
	"text", "xml", "html", "icalendar", "icalendar_parameter", "csv",
	"markdown", "script", "uri"
};


static void
reader_start(Reader *reader, SalonHost *host, const char *text, size_t length)
{
	const void *start = text;

	memset(reader, 0, sizeof(*reader));
	reader->at = start;
	reader->end = reader->at + length;
	reader->steps.host = host;
}

static void
put(Writer *writer, const void *bytes, size_t length)
{
	if (writer->out != NULL)
		memcpy(writer->out + writer->length, bytes, length);
	writer->length += length;
}

static void
put_word(Writer *writer, const char *word)
{
	put(writer, word, strlen(word));
}

static size_t
encode(uint32_t character, unsigned char bytes[4])
{
	if (character < 0x80)
	{
		bytes[0] = character;
		return 1;
	}
	if (character < 0x800)
	{
		bytes[0] = 0xC0 | (character >> 6);
		bytes[1] = 0x80 | (character & 0x3F);
		return 2;
	}
	if (character < 0x10000)
	{
		bytes[0] = 0xE0 | (character >> 12);
		bytes[1] = 0x80 | ((character >> 6) & 0x3F);
		bytes[2] = 0x80 | (character & 0x3F);
		return 3;
	}
	bytes[0] = 0xF0 | (character >> 18);
	bytes[1] = 0x80 | ((character >> 12) & 0x3F);
	bytes[2] = 0x80 | ((character >> 6) & 0x3F);
	bytes[3] = 0x80 | (character & 0x3F);
	return 4;
}

static void
put_character(Writer *writer, uint32_t character)
{
	unsigned char bytes[4];

	put(writer, bytes, encode(character, bytes));
}

/*
 * Length of the character that begins here; 0 when none does.
 */
static size_t
decode(const unsigned char *at, const unsigned char *end, uint32_t *character)
{
	static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
	size_t		length;
	uint32_t	value;

	if (*at < 0x80)
		length = 1;
	else if (*at < 0xC2 || *at > 0xF4)
		return 0;
	else
		length = *at < 0xE0 ? 2 : *at < 0xF0 ? 3 : 4;
	if ((size_t) (end - at) < length)
		return 0;
	value = length == 1 ? *at : *at & (0x7F >> length);
	for (size_t i = 1; i < length; i++)
	{
		if ((at[i] & 0xC0) != 0x80)
			return 0;
		value = value << 6 | (at[i] & 0x3F);
	}
	if (value < least[length] || value > 0x10FFFF ||
		(value >= 0xD800 && value <= 0xDFFF))
		return 0;
	*character = value;
	return length;
}

static bool
is_line_end(uint32_t c)
{
	return (c >= '\n' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/*
 * What no document takes: controls, noncharacters, the byte order mark, and
 * embeddings, overrides and isolates of direction, which would turn round what
 * the document says after the text.
 */
static bool
is_left_out(uint32_t c)
{
	return (c < 0x20 && c != '\t') || (c >= 0x7F && c < 0xA0) ||
		(c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE ||
		c == 0xFEFF ||
		(c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x206F) ||
		(c >= 0xFFF9 && c <= 0xFFFB);
}

/*
 * The next character that may leave.
 */
static bool
next(Reader *reader, uint32_t *character)
{
	while (reader->at < reader->end)
	{
		size_t		length = decode(reader->at, reader->end, character);

		salon_steps(&reader->steps, 1);
		if (length == 0)
		{
			reader->at++;
			continue;
		}
		reader->raw = *character;
		reader->at += length;
		if (*character == '\r' && reader->at < reader->end && *reader->at == '\n')
			continue;
		if (is_line_end(*character))
		{
			*character = '\n';
			return true;
		}
		if (!is_left_out(*character))
			return true;
	}
	return false;
}

static bool
is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

static bool
is_among(uint32_t c, const char *characters)
{
	return c > 0 && c < 0x80 && strchr(characters, (int) c) != NULL;
}

static void
markup(Reader *reader, Writer *writer)
{
	uint32_t	c;

	while (next(reader, &c))
	{
		switch (c)
		{
			case '&':
				put_word(writer, "&amp;");
				break;
			case '<':
				put_word(writer, "&lt;");
				break;
			case '>':
				put_word(writer, "&gt;");
				break;
			case '"':
				put_word(writer, "&quot;");
				break;
			case '\'':
				put_word(writer, "&#39;");
				break;
			case '\t':			/* in an attribute it would become a blank */
				put_word(writer, "&#9;");
				break;
			case '\n':
				put_word(writer, "&#10;");
				break;
			default:
				put_character(writer, c);
		}
	}
}

/*
 * A value of type TEXT (RFC 5545, section 3.3.11).
 */
static void
icalendar(Reader *reader, Writer *writer)
{
	uint32_t	c;

	while (next(reader, &c))
	{
		if (c == '\n')
			put_word(writer, "\\n");
		else
		{
			if (is_among(c, "\\;,"))
				put_word(writer, "\\");
			put_character(writer, c);
		}
	}
}

/*
 * A value of a parameter in quotes (RFC 6868).
 */
static void
icalendar_parameter(Reader *reader, Writer *writer)
{
	uint32_t	c;

	put_word(writer, "\"");
	while (next(reader, &c))
	{
		if (c == '\n')
			put_word(writer, "^n");
		else if (c == '"')
			put_word(writer, "^'");
		else if (c == '^')
			put_word(writer, "^^");
		else
			put_character(writer, c);
	}
	put_word(writer, "\"");
}

static bool
is_blank(uint32_t c)
{
	return c <= ' ' || c == 0xA0 || c == 0xAD || c == 0x1680 ||
		(c >= 0x2000 && c <= 0x200F) || c == 0x202F || c == 0x205F ||
		c == 0x2060 || c == 0x3000;
}

/*
 * What a spreadsheet takes for the beginning of a formula, full-width forms
 * among them.
 */
static bool
begins_formula(uint32_t c)
{
	return is_among(c, "=+-@") || c == 0xFF1D || c == 0xFF0B || c == 0xFF0D ||
		c == 0xFF20;
}

/*
 * A number is no formula: the state of what was read of one, or -1.
 */
static int
number_goes_on(int state, uint32_t c)
{
	if (is_digit(c) && state >= 0)
		return state <= 2 ? 2 : 4;
	if (state == 0 && is_among(c, "+-"))
		return 1;
	if (state == 2 && c == '.')
		return 3;
	return -1;
}

/*
 * A field of RFC 4180.  What a spreadsheet would compute has an apostrophe
 * before it, which makes it a text there.
 */
static void
csv(Reader *reader, Writer *writer)
{
	Reader		again = *reader;
	bool		is_quoted = false;
	bool		is_shown = false;
	bool		is_formula = false;
	bool		is_empty = true;
	int			number = 0;
	uint32_t	c;
	uint32_t	last = ' ';

	while (next(reader, &c))
	{
		number = number_goes_on(number, c);
		is_quoted |= is_among(c, "\",;") || (is_blank(c) && (is_empty || c < ' '));
		if (!is_shown && !is_blank(c))
		{
			is_formula = begins_formula(c);
			is_shown = true;
		}
		is_empty = false;
		last = c;
	}
	is_quoted |= is_blank(last);	/* nothing at all, too: it is no NULL */
	is_formula &= number != 2 && number != 4;
	if (is_quoted)
		put_word(writer, "\"");
	if (is_formula)
		put_word(writer, "'");
	*reader = again;
	while (next(reader, &c))
	{
		if (c == '"')
			put_word(writer, "\"");
		put_character(writer, c);
	}
	if (is_quoted)
		put_word(writer, "\"");
}

/*
 * A text in a line of Markdown: it begins no block and holds no markup, link,
 * mention or cell.
 */
static void
markdown(Reader *reader, Writer *writer)
{
	uint32_t	c;
	uint32_t	tail = 0;		/* the last three characters, in small letters */
	bool		is_begun = false;
	bool		is_number = false;

	while (next(reader, &c))
	{
		bool		is_escaped = is_among(c, "\\`*_{}[]()#!|~$^@=+");

		if (!is_begun && (c == ' ' || c == '\t' || c == '\n'))
			continue;
		if (c == '-')
			is_escaped = !is_begun || (tail & 0xFF) == '-';
		else if (c == '.')
			is_escaped = is_number || tail == ('w' << 16 | 'w' << 8 | 'w');
		else if (c == ':')
			is_escaped = !(is_digit(tail & 0xFF) && reader->at < reader->end &&
						   is_digit(*reader->at));
		is_number = is_digit(c) && (is_number || !is_begun);
		is_begun = true;
		tail = (tail << 8 | (c < 0x80 ? (c >= 'A' && c <= 'Z' ? c | 0x20 : c) : 0)) & 0xFFFFFF;
		if (c == '\n')
			put_word(writer, "<br>");
		else if (c == '<')
			put_word(writer, "&lt;");
		else if (c == '>')
			put_word(writer, "&gt;");
		else if (c == '&')
			put_word(writer, "&amp;");
		else
		{
			if (is_escaped)
				put_word(writer, "\\");
			put_character(writer, c);
		}
	}
}

/*
 * JSON that may stand in a script element: its meaning is the same, and no tag
 * and no comment begins or ends in it.
 */
static void
script(Reader *reader, Writer *writer)
{
	uint32_t	c;

	while (next(reader, &c))
	{
		if (c == '<')
			put_word(writer, "\\u003c");
		else if (c == '>')
			put_word(writer, "\\u003e");
		else if (c == '&')
			put_word(writer, "\\u0026");
		else if (c == '\n' && reader->raw >= 0x80)
			put_word(writer, "\\n");	/* in a string: nowhere else */
		else
			put_character(writer, c);
	}
}

static bool
is_hex(uint32_t c)
{
	return is_digit(c) || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

/*
 * An address in the characters of RFC 3986, each where it may be: brackets
 * around a host, one number sign, percents before two digits.
 */
static void
uri(Reader *reader, Writer *writer)
{
	static const char digits[] = "0123456789ABCDEF";
	uint32_t	c;
	int			slashes = 0;	/* a host is after two */
	bool		has_fragment = false;

	while (next(reader, &c))
	{
		unsigned char bytes[4];
		size_t		length = encode(c, bytes);
		bool		is_plain;

		if (c == '%')
			is_plain = reader->end - reader->at >= 2 &&
				is_hex(reader->at[0]) && is_hex(reader->at[1]);
		else if (c == '#')
			is_plain = !has_fragment;
		else if (c == '[' || c == ']')
			is_plain = slashes == 2;
		else
			is_plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
				is_digit(c) || is_among(c, "-._~:/?@!$&'()*+,;=");
		has_fragment |= c == '#';
		if (is_among(c, "?#"))
			slashes = 3;
		else if (c == '/' && slashes < 3)
			slashes++;
		if (is_plain)
		{
			put(writer, bytes, length);
			continue;
		}
		for (size_t i = 0; i < length; i++)
		{
			char		escaped[3] = {'%', digits[bytes[i] >> 4], digits[bytes[i] & 15]};

			put(writer, escaped, 3);
		}
	}
}

/*
 * The text as it stands in a document of the format.  Returns its length; out
 * has room for that, or is NULL.
 */
size_t
escape_text(SalonHost *host, EscapeFormat format, const char *text,
			size_t length, char *out)
{
	Reader		reader;
	Writer		writer = {out, 0};
	uint32_t	c;

	reader_start(&reader, host, text, length);
	switch (format)
	{
		case ESCAPE_TEXT:
			while (next(&reader, &c))
				put_character(&writer, c);
			break;
		case ESCAPE_XML:
		case ESCAPE_HTML:
			markup(&reader, &writer);
			break;
		case ESCAPE_ICALENDAR:
			icalendar(&reader, &writer);
			break;
		case ESCAPE_ICALENDAR_PARAMETER:
			icalendar_parameter(&reader, &writer);
			break;
		case ESCAPE_CSV:
			csv(&reader, &writer);
			break;
		case ESCAPE_MARKDOWN:
			markdown(&reader, &writer);
			break;
		case ESCAPE_SCRIPT:
			script(&reader, &writer);
			break;
		case ESCAPE_URI:
			uri(&reader, &writer);
			break;
	}
	return writer.length;
}

/*
 * Content lines (RFC 5545, section 3.1): the lines of a text with their ends,
 * none longer than 75 octets, broken between characters.  The last line may
 * lack its end.
 */
size_t
escape_fold(SalonHost *host, const char *text, size_t length, char *out)
{
	Reader		reader;
	Writer		writer = {out, 0};
	uint32_t	c;
	size_t		used = 0;
	bool		is_open = false;

	reader_start(&reader, host, text, length);
	while (next(&reader, &c))
	{
		unsigned char bytes[4];
		size_t		octets;

		is_open = c != '\n';
		if (!is_open)
		{
			put_word(&writer, "\r\n");
			used = 0;
			continue;
		}
		octets = encode(c, bytes);
		if (used + octets > ESCAPE_LINE)
		{
			put_word(&writer, "\r\n ");
			used = 1;
		}
		put(&writer, bytes, octets);
		used += octets;
	}
	if (is_open)
		put_word(&writer, "\r\n");
	return writer.length;
}
