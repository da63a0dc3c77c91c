/*
 * test/fuzz/escape_fuzz.c
 *
 * Fuzz target of the core of escape: whatever the bytes are, what leaves is
 * UTF-8 without what no document takes, is as long as was said, has nothing of
 * what the format would understand, and reads back as the text without what
 * was left out.
 */
#include "../../src/core/escape_core.h"
#include "host.h"

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(int is_so)
{
	if (!is_so)
		abort();
}

/*
 * Is it UTF-8 of characters that may leave?  A line feed or a carriage return
 * only where the format has it.
 */
static int
is_clean(const unsigned char *s, size_t length, int line_ends)
{
	for (size_t i = 0; i < length;)
	{
		unsigned	c = s[i];
		int			more = c < 0x80 ? 0 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;

		if (c >= 0x80 && c < 0xC2)
			return 0;
		if (more)
			c &= 0x3F >> more;
		for (int k = 1; k <= more; k++)
		{
			if (i + k >= length || (s[i + k] & 0xC0) != 0x80)
				return 0;
			c = c << 6 | (s[i + k] & 0x3F);
		}
		i += more + 1;
		if ((c < 0x20 && c != '\t' && !(c == '\n' && line_ends >= 1) && !(c == '\r' && line_ends == 2)) ||
			(c >= 0x7F && c < 0xA0) || (c >= 0xD800 && c < 0xE000) ||
			c > 0x10FFFF || (c & 0xFFFE) == 0xFFFE ||
			(c >= 0xFDD0 && c <= 0xFDEF) || c == 0xFEFF || c == 0x2028 ||
			c == 0x2029 || (c >= 0x202A && c <= 0x202E) ||
			(c >= 0x2066 && c <= 0x206F) || (c >= 0xFFF9 && c <= 0xFFFB))
			return 0;
	}
	return 1;
}

static char *
answer(EscapeFormat format, const char *text, size_t length, size_t *long_)
{
	TestHost	t;
	char	   *out;

	test_host_init(&t);
	*long_ = escape_text(&t.host, format, text, length, NULL);
	out = malloc(*long_ + 1);
	must(escape_text(&t.host, format, text, length, out) == *long_);
	out[*long_] = '\0';
	return out;
}

/*
 * Read back what stands for another text: pairs of them.
 */
static char *
back(const char *text, const char *const *pairs)
{
	char	   *result = malloc(strlen(text) + 1);
	size_t		at = 0;

	while (*text)
	{
		int			k = 0;

		while (pairs[k] && strncmp(text, pairs[k], strlen(pairs[k])) != 0)
			k += 2;
		if (pairs[k])
		{
			memcpy(result + at, pairs[k + 1], strlen(pairs[k + 1]));
			at += strlen(pairs[k + 1]);
			text += strlen(pairs[k]);
		}
		else
			result[at++] = *text++;
	}
	result[at] = '\0';
	return result;
}

static void
reads_back(const char *escaped, const char *plain, const char *const *pairs)
{
	char	   *again = back(escaped, pairs);

	must(strcmp(again, plain) == 0);
	free(again);
}

static const char *const xml_pairs[] = {
	"&amp;", "&", "&lt;", "<", "&gt;", ">", "&quot;", "\"", "&#39;", "'",
	"&#9;", "\t", "&#10;", "\n", NULL
};
static const char *const icalendar_pairs[] = {
	"\\\\", "\\", "\\;", ";", "\\,", ",", "\\n", "\n", NULL
};
static const char *const parameter_pairs[] = {
	"^^", "^", "^n", "\n", "^'", "\"", NULL
};
static const char *const script_pairs[] = {
	"\\u003c", "<", "\\u003e", ">", "\\u0026", "&", NULL
};
static const char *const csv_pairs[] = {"\"\"", "\"", NULL};

static void
check_csv(char *csv, const char *plain)
{
	size_t		length = strlen(csv);
	char	   *field = csv;

	if (*csv == '"')
	{
		must(length >= 2 && csv[length - 1] == '"');
		csv[length - 1] = '\0';
		field++;
	}
	else
		must(length > 0 && strpbrk(csv, "\",;\n\t") == NULL);
	/* an apostrophe of our own, or one that was there */
	if (*field == '\'' && *plain != '\'')
		field++;
	else
		must(strchr("=@", *field) == NULL || *field == '\0');
	reads_back(field, plain, csv_pairs);
}

static void
check_markdown(const char *text)
{
	must(strchr(text, '\n') == NULL && strchr("-+#>= \t", *text ? *text : 'x') == NULL);
	for (const char *c = text; *c; c++)
	{
		int			is_escaped = 0;

		for (const char *b = c; b > text && b[-1] == '\\'; b--)
			is_escaped = !is_escaped;
		must(is_escaped || strchr("`*_{}[]()#!|~$^@=+", *c) == NULL);
		if (*c == '<')
			must(strncmp(c, "<br>", 4) == 0), c += 3;
	}
	must(strstr(text, "://") == NULL || strstr(text, "\\://") != NULL);
}

static void
check_fold(const char *text, size_t length, const char *plain)
{
	TestHost	t;
	size_t		long_;
	char	   *out;
	char	   *unfolded;
	size_t		at = 0;
	size_t		used = 0;

	test_host_init(&t);
	long_ = escape_fold(&t.host, text, length, NULL);
	out = malloc(long_ + 1);
	must(escape_fold(&t.host, text, length, out) == long_);
	out[long_] = '\0';
	must(is_clean((unsigned char *) out, long_, 2));
	unfolded = malloc(long_ + 2);
	for (size_t i = 0; i < long_; i++)
	{
		if (out[i] == '\r')
		{
			must(out[i + 1] == '\n');
			i++;
			used = 0;
			if (out[i + 1] == ' ' && strncmp(plain + at, "\n", 1) != 0)
			{
				i++;
				used = 1;
				must(((unsigned char) out[i + 1] & 0xC0) != 0x80);
				continue;
			}
			unfolded[at++] = '\n';
			continue;
		}
		must(out[i] != '\n' && ++used <= 75);
		unfolded[at++] = out[i];
	}
	unfolded[at] = '\0';
	if (strlen(plain) < at)
	{
		must(at == strlen(plain) + 1 && unfolded[at - 1] == '\n');
		unfolded[at - 1] = '\0';
	}
	must(strcmp(unfolded, plain) == 0);
	free(unfolded);
	free(out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *) data;
	size_t		length;
	char	   *plain = answer(ESCAPE_TEXT, text, size, &length);

	must(is_clean((unsigned char *) plain, length, 1));
	for (int format = 0; format < ESCAPE_FORMATS; format++)
	{
		char	   *out = answer(format, text, size, &length);

		must(is_clean((unsigned char *) out, length,
					  format == ESCAPE_TEXT || format == ESCAPE_CSV || format == ESCAPE_SCRIPT));
		switch ((EscapeFormat) format)
		{
			case ESCAPE_TEXT:
				must(strcmp(out, plain) == 0);
				break;
			case ESCAPE_XML:
			case ESCAPE_HTML:
				must(strpbrk(out, "<>\"'") == NULL);
				reads_back(out, plain, xml_pairs);
				break;
			case ESCAPE_ICALENDAR:
				reads_back(out, plain, icalendar_pairs);
				break;
			case ESCAPE_ICALENDAR_PARAMETER:
				must(length >= 2 && out[0] == '"' && out[length - 1] == '"');
				out[length - 1] = '\0';
				must(strchr(out + 1, '"') == NULL);
				reads_back(out + 1, plain, parameter_pairs);
				break;
			case ESCAPE_CSV:
				check_csv(out, plain);
				break;
			case ESCAPE_MARKDOWN:
				check_markdown(out);
				break;
			case ESCAPE_SCRIPT:
				must(strpbrk(out, "<>&") == NULL);
				if (strchr(plain, '\\') == NULL && strstr(out, "\\n") == NULL)
					reads_back(out, plain, script_pairs);
				break;
			case ESCAPE_URI:
				must(strpbrk(out, "<>\"\\^`{|} ") == NULL);
				for (size_t i = 0; i < length; i++)
				{
					must(out[i] > ' ' && out[i] < 0x7F);
					must(out[i] != '%' || strspn(out + i + 1, "0123456789abcdefABCDEF") >= 2);
				}
				must(strchr(out, '#') == strrchr(out, '#'));
				break;
		}
		free(out);
	}
	check_fold(text, size, plain);
	free(plain);
	return 0;
}
