# SPDX-License-Identifier: Apache-2.0
# One interface target carries every compile rule; all our targets link it.
add_library(project_options INTERFACE)

target_compile_definitions(project_options INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY
    QT_NO_URL_CAST_FROM_STRING QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
    QT_NO_FOREACH QT_USE_QSTRINGBUILDER
    QT_DISABLE_DEPRECATED_BEFORE=0x060400)

target_compile_options(project_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
    -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-qual -Wformat=2 -Wimplicit-fallthrough
    -Wundef -Wdouble-promotion
    $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wduplicated-branches -Wlogical-op -Wuseless-cast>)

option(WARNINGS_AS_ERRORS "Fail the build on any warning" OFF)
if(WARNINGS_AS_ERRORS)
    target_compile_options(project_options INTERFACE -Werror)
endif()

set(SANITIZERS "" CACHE STRING "Comma-separated -fsanitize list, e.g. address,undefined")
if(SANITIZERS)
    target_compile_options(project_options INTERFACE
        -fsanitize=${SANITIZERS} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(project_options INTERFACE -fsanitize=${SANITIZERS})
    # What the sanitizers add confuses this warning; GCC's manual says so.
    target_compile_options(project_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
endif()

# For the code of tests, linked behind project_options: what is tested is instrumented for undefined
# behaviour, the test itself is not: a compiler needs much longer for a test program otherwise.
add_library(test_options INTERFACE)
if(SANITIZERS MATCHES "undefined")
    target_compile_options(test_options INTERFACE -fno-sanitize=undefined)
endif()

# Hardening, where nothing instruments the code already.
if(CMAKE_BUILD_TYPE MATCHES "Rel" AND NOT SANITIZERS)
    target_compile_options(project_options INTERFACE -fstack-protector-strong)
    target_compile_definitions(project_options INTERFACE _FORTIFY_SOURCE=2)
    target_link_options(project_options INTERFACE LINKER:-z,relro,-z,now)
endif()
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

# Several hundred test programs would each carry a copy of a static library: 27 GB with sanitizers.
# The presets for tests share all of them; a release shares none, or only Longshore::Core.
set(INTERNAL_LIBRARIES STATIC CACHE STRING "STATIC or SHARED: the libraries that are not installed")
# A program need not be linked again when only the inside of a library changed.
set(CMAKE_LINK_DEPENDS_NO_SHARED ON)

# Qt's headers are most of the compile time of a small file.
option(USE_PRECOMPILED_HEADERS "Precompile Qt's headers" ON)
function(precompile target)
    if(USE_PRECOMPILED_HEADERS)
        target_precompile_headers(${target} PRIVATE ${ARGN})
    endif()
endfunction()
