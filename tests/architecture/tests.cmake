# SPDX-License-Identifier: Apache-2.0
find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_test(NAME check_layers COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/architecture/checklayers.py ${PROJECT_SOURCE_DIR})
add_test(NAME check_cases COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/architecture/checkcases.py ${PROJECT_SOURCE_DIR})
add_test(NAME check_checkcases COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/architecture/tst_checkcases.py)
add_test(NAME check_guards COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/guards/matrix.py --check)
# "Under 30 lines" is what the library promises of its example.
add_test(NAME check_example
    COMMAND sh -c [[test "$(grep -c "" "$1")" -lt 30]] sh ${PROJECT_SOURCE_DIR}/tests/library/main.cpp)
add_test(NAME check_format COMMAND ${PROJECT_SOURCE_DIR}/tests/format.sh)
add_test(NAME check_shell COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/architecture/checkshell.sh)
add_test(NAME check_summary COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/support/tst_summary.py)
add_test(NAME check_plurals
    COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/translations/plurals.py --check
            ${PROJECT_SOURCE_DIR}/translations/longshore_en.ts)
add_test(NAME documentation
    COMMAND ${PROJECT_SOURCE_DIR}/packaging/doxygen/build.sh ${PROJECT_BINARY_DIR}/Doxyfile)
add_test(NAME check_documented
    COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/architecture/checkdocumented.sh ${PROJECT_SOURCE_DIR})
set_tests_properties(documentation PROPERTIES SKIP_RETURN_CODE 77)
