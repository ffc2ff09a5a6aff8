# SPDX-License-Identifier: Apache-2.0
# Installs Longshore::Core for other programs: headers, the library, find_package(Longshore) and
# pkg-config. The headers keep their place below core/, and so the names by which they include
# each other.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/Longshore)

set_target_properties(longshore_core PROPERTIES
    EXPORT_NAME Core
    VERSION ${PROJECT_VERSION}
    SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
install(TARGETS longshore_core EXPORT LongshoreTargets COMPONENT library)
install(EXPORT LongshoreTargets NAMESPACE Longshore:: DESTINATION ${package_folder} COMPONENT library)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/core
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/longshore COMPONENT library
    FILES_MATCHING PATTERN "*.h"
    # For our own sources only; the last two would need headers of OpenSSL and of Qt Sql too.
    PATTERN "answerjobs.h" EXCLUDE
    PATTERN "answerreader.h" EXCLUDE
    PATTERN "archivereader.h" EXCLUDE
    PATTERN "uploadreply.h" EXCLUDE
    PATTERN "opensslkey.h" EXCLUDE
    PATTERN "sqlcalls.h" EXCLUDE)

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/LongshoreConfig.cmake.in
    ${PROJECT_BINARY_DIR}/LongshoreConfig.cmake INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/LongshoreConfigVersion.cmake
    COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/LongshoreConfig.cmake
    ${PROJECT_BINARY_DIR}/LongshoreConfigVersion.cmake
    DESTINATION ${package_folder} COMPONENT library)

# Relative, so that the prefix may be chosen when installing. A static library leaves it to the
# program to link what the library itself needs.
file(RELATIVE_PATH PREFIX_FROM_PC
    ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
string(REGEX REPLACE "/$" "" PREFIX_FROM_PC ${PREFIX_FROM_PC})
get_target_property(library_type longshore_core TYPE)
if(library_type STREQUAL STATIC_LIBRARY)
    set(REQUIRED_BY_STATIC " Qt6Sql libarchive libcrypto zlib")
    set(LINKED_BY_STATIC " -lqt6keychain")
endif()
configure_file(${CMAKE_CURRENT_LIST_DIR}/longshore.pc.in ${PROJECT_BINARY_DIR}/longshore.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/longshore.pc
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT library)
