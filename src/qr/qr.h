/*
 * src/qr/qr.h
 *
 * What salon asks of the library salon_qr, which it loads when it is asked for
 * a QR code, so that libqrencode is needed by nobody else.
 */
#ifndef SALON_QR_H
#define SALON_QR_H

#define QR_LARGEST	177			/* modules on a side of the largest code */
#define QR_TOO_LONG	(-1)
#define QR_NO_MEMORY	(-2)

/*
 * Draw bytes of UTF-8 with an error correction of 0 to 3 into room for
 * QR_LARGEST * QR_LARGEST modules, row by row: 1 is dark.  Returns how many
 * modules there are on a side, or one of the above.
 */
typedef int (*QrDraw) (const unsigned char *bytes, int length, int correction,
					   unsigned char *modules);

#endif							/* SALON_QR_H */
