// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

#include <functional>
#include <memory>

/// Runs a test of the window: away from what the user has stored, with our icons, the English
/// catalogue and a style that looks the same everywhere.
int runUiTest(int argc, char *argv[], const std::function<std::unique_ptr<QObject>()> &makeTest);

#define LONGSHORE_UI_TEST(Test) \
    int main(int argc, char *argv[]) \
    { \
        return runUiTest(argc, argv, [] { return std::make_unique<Test>(); }); \
    }
