# SPDX-License-Identifier: Apache-2.0
# What Doxygen reads in place of a header.

# Values compare and hash by all that they hold: said here, once for all.
s@^ *friend (bool operator|size_t qHash)@/** By value. */ &@
# Doxygen takes what separates digits, as in 60'000, for the beginning of a character.
s@([0-9])'([0-9])@\1\2@g
