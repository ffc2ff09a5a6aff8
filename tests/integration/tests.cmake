# SPDX-License-Identifier: Apache-2.0
add_test(NAME sample_registry COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/integration/sampleregistry.py)
set_tests_properties(sample_registry PROPERTIES TIMEOUT 300 SKIP_RETURN_CODE 77 LABELS integration)
longshorectl_test(integration/tst_longshorectl.cpp LABELS integration)
longshorectl_test(integration/tst_appendtoregistry.cpp LABELS integration)
longshorectl_test(integration/tst_cleanupregistry.cpp LABELS integration)
longshorectl_test(integration/tst_cleanupscenarios.cpp LABELS integration)
set_tests_properties(tst_cleanupscenarios PROPERTIES TIMEOUT 600 COST 900)
longshorectl_test(integration/tst_copytoregistry.cpp LABELS integration)
longshore_test(integration/tst_deletefromregistry.cpp LABELS integration)
if(XCB_INCLUDES AND XCB_LIBRARY)
    add_executable(xdndtarget integration/xdndtarget.cpp)
    target_link_libraries(xdndtarget PRIVATE ${XCB_LIBRARY} project_options)
    longshore_ui_test(integration/tst_dragout.cpp LABELS integration
        LAUNCHER ${CMAKE_CURRENT_SOURCE_DIR}/support/private-desktop.sh)
    target_compile_definitions(tst_dragout PRIVATE XDND_TARGET="$<TARGET_FILE:xdndtarget>")
    add_dependencies(tst_dragout xdndtarget)
    set_tests_properties(tst_dragout PROPERTIES SKIP_RETURN_CODE 77 RUN_SERIAL ON)
endif()
longshorectl_test(integration/tst_exportforms.cpp LIBRARIES LibArchive::LibArchive LABELS integration)
longshorectl_test(integration/tst_exportfromregistry.cpp LABELS integration)
longshorectl_test(integration/tst_exportroot.cpp LABELS integration)
longshorectl_test(integration/tst_importintoregistry.cpp LABELS integration)
longshorectl_test(integration/tst_podman.cpp LABELS integration)
longshore_ui_test(integration/tst_layerimage.cpp LABELS integration)
longshore_test(integration/tst_readregistry.cpp LABELS integration)
longshore_test(integration/tst_soak.cpp LABELS integration)
longshorectl_test(integration/tst_restoretoregistry.cpp LABELS integration)
longshorectl_test(integration/tst_schema1registry.cpp LABELS integration)
longshorectl_test(integration/tst_tls.cpp LABELS integration)
longshore_test(integration/tst_tlsproxy.cpp LABELS integration)
longshore_test(integration/tst_tokenauthentication.cpp LABELS integration)
longshorectl_test(integration/tst_writeregistry.cpp LABELS integration)
longshore_ui_test(integration/tst_window.cpp LABELS integration)

# Debian's own python3, because only that one knows the bindings of Debian's packages.
add_test(NAME accessibility COMMAND
    ${CMAKE_CURRENT_SOURCE_DIR}/support/private-desktop.sh /usr/bin/python3
    ${CMAKE_CURRENT_SOURCE_DIR}/integration/accessibility/journey.py $<TARGET_FILE:longshore>)
set_tests_properties(accessibility PROPERTIES
    TIMEOUT 300 SKIP_RETURN_CODE 77 LABELS integration RUN_SERIAL ON
    # The test ends the program in the middle of what it does.
    ENVIRONMENT "ASAN_OPTIONS=detect_leaks=0;PYTHONDONTWRITEBYTECODE=1")
longshore_test(integration/tst_installedlibrary.cpp LABELS integration)
set(example_flags "")
if(SANITIZERS)
    set(example_flags "-fsanitize=${SANITIZERS}")
endif()
# It compiles each header alone: the longest of all, so it starts first.
set_tests_properties(tst_installedlibrary PROPERTIES TIMEOUT 1200 COST 1000)
target_compile_definitions(tst_installedlibrary PRIVATE
    PROJECT_BUILD="${PROJECT_BINARY_DIR}"
    LIBRARY_EXAMPLE="${CMAKE_CURRENT_SOURCE_DIR}/library"
    COMPILER="${CMAKE_CXX_COMPILER}"
    EXAMPLE_FLAGS="${example_flags}"
    QT_INCLUDES="$<JOIN:$<TARGET_PROPERTY:Qt6::Network,INTERFACE_INCLUDE_DIRECTORIES>,:>:$<JOIN:$<TARGET_PROPERTY:Qt6::Core,INTERFACE_INCLUDE_DIRECTORIES>,:>")
