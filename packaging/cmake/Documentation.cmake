# SPDX-License-Identifier: Apache-2.0
# The reference of the library, from the comments in its headers: the target "docs" makes
# documentation/html in the build folder.
configure_file(${PROJECT_SOURCE_DIR}/packaging/doxygen/Doxyfile.in ${PROJECT_BINARY_DIR}/Doxyfile @ONLY)
add_custom_target(docs
    COMMAND ${PROJECT_SOURCE_DIR}/packaging/doxygen/build.sh ${PROJECT_BINARY_DIR}/Doxyfile VERBATIM)
