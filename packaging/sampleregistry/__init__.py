# SPDX-License-Identifier: Apache-2.0
"""What the sample registry holds and how it gets there."""
