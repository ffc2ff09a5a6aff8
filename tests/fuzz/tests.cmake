# SPDX-License-Identifier: Apache-2.0
# Parsers of what comes from outside. Each target replays its corpus as a test; built with
# FUZZERS=ON by clang it is a libFuzzer program: tests/fuzz/run.sh runs them all.
option(FUZZERS "Build the fuzz targets with libFuzzer; needs clang" OFF)

foreach(name IN ITEMS answer archive challenge cleanuprules credentials displaytext headers link manifest reference schema1)
    add_executable(fuzz_${name} fuzz/${name}.cpp fuzz/fuzztarget.h)
    set_target_properties(fuzz_${name} PROPERTIES AUTOMOC OFF AUTORCC OFF AUTOUIC OFF)
    target_include_directories(fuzz_${name} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
    target_link_libraries(fuzz_${name} PRIVATE Longshore::Core project_options)
    if(FUZZERS)
        target_sources(fuzz_${name} PRIVATE fuzz/driver.cpp)
        target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    else()
        target_sources(fuzz_${name} PRIVATE fuzz/replay.cpp)
        add_test(NAME fuzz_${name}
            COMMAND fuzz_${name} ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/corpus/${name})
        set_tests_properties(fuzz_${name} PROPERTIES TIMEOUT 120 LABELS fuzz)
    endif()
endforeach()
