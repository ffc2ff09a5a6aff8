// SPDX-License-Identifier: Apache-2.0
#include "app/desktop/options.h"

#include <QCommandLineParser>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr int wrongUsage = 2;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Options)
};

std::optional<WindowSettings::Theme> themeNamed(const QString &name)
{
    if (name == "light"_L1)
        return WindowSettings::Theme::Light;
    if (name == "dark"_L1)
        return WindowSettings::Theme::Dark;
    return name == "system"_L1 ? std::optional(WindowSettings::Theme::System) : std::nullopt;
}

} // namespace

OptionsOutcome parseOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(Text::tr("A desktop browser for container registries."));
    const QCommandLineOption help({u"h"_s, u"help"_s}, Text::tr("Shows this help."));
    const QCommandLineOption version({u"v"_s, u"version"_s}, Text::tr("Shows the version."));
    const QCommandLineOption screenshot(
        u"screenshot"_s, Text::tr("Draws the window to a PNG file once it is loaded, and quits."),
        Text::tr("FILE"));
    const QCommandLineOption theme(u"theme"_s, Text::tr("The colours: system, light or dark."),
                                   Text::tr("NAME"));
    parser.addOptions({help, version, screenshot, theme});
    parser.addPositionalArgument(
        u"place"_s, Text::tr("A registry, a repository or an image to open."), u"[HOST | REF]"_s);

    if (!parser.parse(arguments))
        return {{}, wrongUsage, "longshore: "_L1 + parser.errorText() + u'\n'};
    if (parser.isSet(help))
        return {{}, 0, parser.helpText().replace("<executable_name>"_L1, "longshore"_L1)};
    if (parser.isSet(version))
        return {{}, 0, u"longshore " LONGSHORE_VERSION "\n"_s};
    Options options{parser.positionalArguments(), parser.value(screenshot),
                    themeNamed(parser.value(theme))};
    if (parser.isSet(theme) && !options.theme)
        return {{}, wrongUsage, Text::tr("longshore: the theme is system, light or dark\n")};
    return {options, 0, {}};
}

} // namespace Longshore
