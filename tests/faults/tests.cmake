# SPDX-License-Identifier: Apache-2.0
# longshorectl and a real registry while things break. LONGSHORE_FAULT_RUNS asks for more of them.
function(longshore_fault_test source)
    cmake_path(GET source STEM name)
    add_test(NAME ${name} COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/${source})
    set_tests_properties(${name} PROPERTIES
        TIMEOUT 600
        COST 500
        SKIP_RETURN_CODE 77
        LABELS integration
        ENVIRONMENT "LONGSHORECTL=$<TARGET_FILE:longshorectl>;PYTHONDONTWRITEBYTECODE=1"
        # What Qt itself allocates once and never frees.
        ENVIRONMENT_MODIFICATION "LSAN_OPTIONS=set:suppressions=${PROJECT_SOURCE_DIR}/tests/support/lsan.supp:print_suppressions=0")
endfunction()
longshore_fault_test(faults/tst_transfers.py)
longshore_fault_test(faults/tst_kills.py)
