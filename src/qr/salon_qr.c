/*
 * src/qr/salon_qr.c
 *
 * The library salon_qr: QR codes by libqrencode.  What it allocates is freed
 * before it returns, and it throws no error.
 */
#include "postgres.h"

#include <errno.h>
#include <qrencode.h>

#include "fmgr.h"

#include "qr.h"

PG_MODULE_MAGIC;

#define ECI_UTF8	26			/* else readers guess what bytes are */

extern PGDLLEXPORT int salon_qr_draw(const unsigned char *bytes, int length,
									 int correction, unsigned char *modules);

int
salon_qr_draw(const unsigned char *bytes, int length, int correction,
			  unsigned char *modules)
{
	QRinput    *input = QRinput_new2(0, (QRecLevel) correction);
	QRcode	   *code = NULL;
	bool		is_ascii = true;
	int			width = QR_NO_MEMORY;

	if (input == NULL)
		return QR_NO_MEMORY;
	for (int i = 0; i < length; i++)
		is_ascii = is_ascii && bytes[i] < 0x80;
	if ((is_ascii || QRinput_appendECIheader(input, ECI_UTF8) == 0) &&
		QRinput_append(input, QR_MODE_8, length, bytes) == 0)
		code = QRcode_encodeInput(input);
	if (code != NULL)
	{
		width = code->width;
		for (int i = 0; i < width * width; i++)
			modules[i] = code->data[i] & 1;
	}
	else if (errno == ERANGE || errno == EINVAL)
		width = QR_TOO_LONG;
	QRcode_free(code);
	QRinput_free(input);
	return width;
}
