# SPDX-License-Identifier: Apache-2.0
add_test(NAME sample_registry COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/integration/sampleregistry.py)
set_tests_properties(sample_registry PROPERTIES TIMEOUT 300 SKIP_RETURN_CODE 77 LABELS integration)
longshorectl_test(integration/tst_longshorectl.cpp LABELS integration)
longshore_test(integration/tst_deletefromregistry.cpp LABELS integration)
longshore_test(integration/tst_readregistry.cpp LABELS integration)
longshore_ui_test(integration/tst_window.cpp LABELS integration)
