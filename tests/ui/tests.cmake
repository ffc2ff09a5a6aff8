# SPDX-License-Identifier: Apache-2.0
find_package(Qt6 6.4 REQUIRED COMPONENTS Widgets)
add_library(ui_test_support STATIC
    support/hostiletext.cpp support/hostiletext.h
    support/modeltext.cpp support/modeltext.h
    support/snapshot.cpp support/snapshot.h
    support/testwindow.cpp support/testwindow.h
    support/uitest.cpp support/uitest.h
    support/widgetchecks.cpp support/widgetchecks.h
    ${PROJECT_SOURCE_DIR}/resources/app.qrc
)
set_target_properties(ui_test_support PROPERTIES AUTORCC ON)
target_link_libraries(ui_test_support PUBLIC test_support longshore_ui PRIVATE project_options)
# Of the one file: a definition of the target would have to be one of every user of its precompiled header.
set_source_files_properties(support/uitest.cpp PROPERTIES COMPILE_DEFINITIONS LONGSHORE_CATALOGUES="${PROJECT_BINARY_DIR}/app/desktop")
add_dependencies(ui_test_support longshore_lrelease)
precompile(ui_test_support <QtCore> <QtGui> <QtNetwork> <QtWidgets> <QtTest>)

#   longshore_ui_test(ui/models/tst_tagtreemodel.cpp [LABELS ...])
function(longshore_ui_test source)
    longshore_test(${source} LIBRARIES ui_test_support ${ARGN})
    if(USE_PRECOMPILED_HEADERS)
        cmake_path(GET source STEM name)
        set_target_properties(${name} PROPERTIES PRECOMPILE_HEADERS_REUSE_FROM ui_test_support)
    endif()
endfunction()

longshore_ui_test(ui/format/tst_tooltip.cpp)
longshore_ui_test(ui/format/tst_ui_errortext.cpp)
longshore_ui_test(ui/format/tst_filename.cpp)
longshore_ui_test(ui/format/tst_quietcolour.cpp)
longshore_ui_test(ui/format/tst_tintedicon.cpp)
longshore_ui_test(ui/format/tst_valueformat.cpp)
longshore_ui_test(ui/models/tst_checklistmodel.cpp)
longshore_ui_test(ui/models/tst_imageproperties.cpp)
longshore_ui_test(ui/models/tst_jsontreemodel.cpp)
longshore_ui_test(ui/models/tst_layertablemodel.cpp)
longshore_ui_test(ui/models/tst_platformtablemodel.cpp)
longshore_ui_test(ui/models/tst_propertymodel.cpp)
longshore_ui_test(ui/models/tst_registrytreemodel.cpp)
longshore_ui_test(ui/models/tst_tagorder.cpp)
longshore_ui_test(ui/models/tst_tagtreemodel.cpp)
longshore_ui_test(ui/models/tst_tagtreemodel_details.cpp)
longshore_ui_test(ui/models/tst_tagtreetext.cpp)
longshore_ui_test(ui/models/tst_transferlistmodel.cpp)
longshore_ui_test(ui/presenters/tst_connectionpresenter.cpp)
longshore_ui_test(ui/presenters/tst_deletionpresenter.cpp)
longshore_ui_test(ui/presenters/tst_imagepresenter.cpp)
longshore_ui_test(ui/presenters/tst_registrypresenter.cpp)
longshore_ui_test(ui/presenters/tst_registrypresenter_changes.cpp)
longshore_ui_test(ui/presenters/tst_tagspresenter.cpp)
longshore_ui_test(ui/presenters/tst_tagspresenter_details.cpp)
longshore_ui_test(ui/presenters/tst_transferpresenter.cpp)
longshore_ui_test(ui/mainwindow/tst_mainwindow.cpp)
longshore_ui_test(ui/mainwindow/tst_mainwindow_browsing.cpp)
longshore_ui_test(ui/views/tst_filteredit.cpp)
longshore_ui_test(ui/mainwindow/tst_mainwindow_deletion.cpp)
longshore_ui_test(ui/mainwindow/tst_mainwindow_refusals.cpp)
longshore_ui_test(ui/mainwindow/tst_mainwindow_export.cpp)
longshore_ui_test(ui/mainwindow/tst_mainwindow_states.cpp)
longshore_ui_test(ui/mainwindow/tst_mainwindow_restart.cpp)
longshore_ui_test(ui/mainwindow/tst_mainwindow_access.cpp)
longshore_ui_test(ui/mainwindow/tst_windowmemory.cpp)
