// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/progressprinter.h"

#include "app/commandline/output.h"

#include <QIODevice>
#include <QJsonObject>
#include <QLocale>

#ifdef Q_OS_UNIX
#include <unistd.h>
#else
#include <io.h>
#endif

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr int standardError = 2;
// Back to the start of the line, and clear it.
constexpr char clearLine[] = "\r\x1b[K";

} // namespace

ProgressPrinter::ProgressPrinter(QIODevice &device, Form form, QObject *parent)
    : QObject(parent), m_device(device), m_form(form)
{
    m_clock.start();
}

void ProgressPrinter::print(qint64 done, qint64 total)
{
    if (m_form == Form::Json)
        m_device.write(jsonText(QJsonObject{{u"done"_s, done}, {u"total"_s, total}}) + '\n');
    if (m_form != Form::Terminal)
        return;
    m_isShown = true;
    m_device.write(clearLine + terminalLine(done, total).toUtf8());
}

QString ProgressPrinter::terminalLine(qint64 done, qint64 total) const
{
    const QLocale locale;
    const qint64 speed = done * 1000 / std::max<qint64>(m_clock.elapsed(), 1);
    const QString amount =
        total > 0
            ? tr("%1 of %2").arg(locale.formattedDataSize(done), locale.formattedDataSize(total))
            : locale.formattedDataSize(done);
    return tr("%1, %2 a second").arg(amount, locale.formattedDataSize(speed));
}

void ProgressPrinter::clear()
{
    if (std::exchange(m_isShown, false))
        m_device.write(clearLine);
}

ProgressPrinter::Form formForStandardError()
{
#ifdef Q_OS_UNIX
    const bool isTerminal = ::isatty(standardError) != 0;
#else
    const bool isTerminal = ::_isatty(standardError) != 0;
#endif
    return isTerminal ? ProgressPrinter::Form::Terminal : ProgressPrinter::Form::None;
}

} // namespace Longshore
