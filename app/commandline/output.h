// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <QJsonValue>
#include <QObject>
#include <QStringList>

class QIODevice;
class QJsonObject;

namespace Longshore {

/// Where the words of a command go: results to one device, everything else to another.
///
/// For people as plain text, in which nothing from outside can move the cursor or the colours;
/// for scripts as exactly one JSON document.
class Output final : public QObject
{
    Q_OBJECT

public:
    struct Style
    {
        bool isJson = false;
        bool isQuiet = false; ///< Leaves notes out.
    };

    Output(QIODevice &results, QIODevice &messages, Style style, QObject *parent = nullptr);
    ~Output() override;

    [[nodiscard]] bool isJson() const noexcept { return m_style.isJson; }
    /// Whether a result could not be written: the reader has gone, or the disk is full.
    [[nodiscard]] bool isBroken() const noexcept { return m_isBroken; }

    /// A result: the object for scripts, the line for people.
    void writeResult(const QJsonObject &object, const QString &line);
    void writeObject(const QJsonObject &object);
    /// One line of cells, which have a tab between them.
    void writeRow(const QStringList &cells);
    /// One member of something that is told line by line; nothing when the value is empty.
    void writeField(const QString &name, const QString &value);
    /// Bytes as they are.
    void writeBytes(const QByteArray &bytes);

    /// One element of the list that is the result.
    void addToList(const QJsonValue &element, const QStringList &cells);
    void endList();
    /// Hands over what has been collected.
    void flush();

    void note(const QString &text);
    /// One line for people; for scripts also a document, unless a list has been begun, which is
    /// then ended: two documents would be none.
    void writeError(const Error &error, const QString &subject);

    /// The line alone, after a result that lacks something.
    void writeRemark(const Error &error, const QString &subject);

signals:
    /// Words follow, for which a line that shows the progress must make room.
    void speaking();
    /// Nobody takes the results any more; there is no point in going on.
    void broken();

private:
    enum class List { None, Open, Closed };

    void append(const QByteArray &bytes);
    void writeMessage(const QString &line);

    QIODevice &m_results;
    QIODevice &m_messages;
    const Style m_style;
    QByteArray m_buffer;
    List m_list = List::None;
    bool m_isBroken = false;
};

/// One line of JSON. What a terminal could take for a command is written as an escape, which
/// stands for the same character.
[[nodiscard]] QByteArray jsonText(const QJsonValue &value);

} // namespace Longshore
