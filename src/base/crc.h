/* SPDX-License-Identifier: EUPL-1.2 */
/* base/crc.h - whether bytes came through as they were: the CRC-32 of ISO 3309,
 * as gzip and PNG have it. Against accidents, not against forgery: base/hash.h
 * is. */
#ifndef BASE_CRC_H
#define BASE_CRC_H

#include "base/base.h"

uint32_t crc_of(const void *bytes, size_t size);

#endif
