# SPDX-License-Identifier: Apache-2.0
# Built with the tests, run by hand in a release build: tests/benchmarks/README.md says how.
add_executable(bench_emptywindow benchmarks/emptywindow.cpp)
target_link_libraries(bench_emptywindow PRIVATE Qt6::Widgets project_options)
foreach(name IN ITEMS longshorewindow manytags windowexport)
    add_executable(bench_${name} benchmarks/${name}.cpp ${PROJECT_SOURCE_DIR}/resources/app.qrc)
    target_link_libraries(bench_${name} PRIVATE longshore_ui test_support project_options)
    set_target_properties(bench_${name} PROPERTIES AUTORCC ON)
endforeach()
foreach(name IN ITEMS cleanupplan manifestheads milliontags)
    add_executable(bench_${name} benchmarks/${name}.cpp)
    target_link_libraries(bench_${name} PRIVATE Longshore::Core project_options)
    set_target_properties(bench_${name} PROPERTIES AUTOMOC OFF AUTORCC OFF AUTOUIC OFF)
endforeach()
