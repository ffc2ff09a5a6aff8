# SPDX-License-Identifier: Apache-2.0
longshore_test(app/commandline/tst_commandlineparser.cpp LIBRARIES longshore_commandline)
longshore_test(app/commandline/tst_errortext.cpp LIBRARIES longshore_commandline)
longshore_test(app/commandline/tst_exitstatus.cpp LIBRARIES longshore_commandline)
longshore_test(app/commandline/tst_output.cpp LIBRARIES longshore_commandline)
longshore_test(app/commandline/tst_progressprinter.cpp LIBRARIES longshore_commandline)

# Tests that run the program itself.
function(longshorectl_test source)
    longshore_test(${source} ${ARGN})
    cmake_path(GET source STEM name)
    target_compile_definitions(${name} PRIVATE LONGSHORECTL="$<TARGET_FILE:longshorectl>")
    add_dependencies(${name} longshorectl)
endfunction()
longshorectl_test(app/commandline/tst_badinput.cpp)
longshorectl_test(app/commandline/tst_blobcommands.cpp)
longshorectl_test(app/commandline/tst_imagecommands.cpp)
longshorectl_test(app/commandline/tst_keycommands.cpp)
longshorectl_test(app/commandline/tst_listcommands.cpp)
longshorectl_test(app/commandline/tst_manifestdelete.cpp)

longshore_ui_test(app/desktop/tst_longshore.cpp)
target_compile_definitions(tst_longshore PRIVATE LONGSHORE="$<TARGET_FILE:longshore>")
add_dependencies(tst_longshore longshore)
