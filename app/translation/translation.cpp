// SPDX-License-Identifier: Apache-2.0
#include "app/translation/translation.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

using namespace Qt::StringLiterals;

namespace Longshore {

void installTranslations(QCoreApplication &application)
{
    // English too: it holds the plural forms. The user's own language goes on top.
    const auto install = [&](const QLocale &locale, const QString &file, const QString &folder) {
        auto *translator = new QTranslator(&application);
        if (translator->load(locale, file, u"_"_s, folder))
            QCoreApplication::installTranslator(translator);
    };
    install(QLocale(QLocale::English), u"longshore"_s, u":/i18n"_s);
    install(QLocale(), u"qtbase"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(QLocale(), u"longshore"_s, u":/i18n"_s);
}

} // namespace Longshore
