// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QRegularExpression>
#include <QString>

#include <optional>

namespace Longshore {

/// What is wrong with something that a user writes.
struct PatternFault
{
    qsizetype position = 0; ///< The character at which it shows, counted from 0.
    QString message; ///< One sentence.

    friend bool operator==(const PatternFault &, const PatternFault &) = default;
};

/// A pattern for names of tags, which the whole name must follow, in upper and lower case as it is
/// written. One with a fault matches nothing.
class TagPattern
{
public:
    /// How a pattern is written.
    enum class Syntax {
        Glob, ///< "*" for any characters, "?" for one, "[a-z]" and "[!a-z]" for one of some.
        RegularExpression, ///< As Perl's.
    };

    /// Takes any text.
    explicit TagPattern(const QString &text, Syntax syntax = Syntax::Glob);

    /// As it was written.
    [[nodiscard]] const QString &text() const noexcept { return m_text; }
    /// How it was written.
    [[nodiscard]] Syntax syntax() const noexcept { return m_syntax; }
    /// Why the pattern means nothing; nothing when it is well-formed.
    [[nodiscard]] const std::optional<PatternFault> &fault() const noexcept { return m_fault; }
    /// Whether \a name follows the pattern; nothing when that takes too many steps to find out, as
    /// it does for expressions such as "(a+)+$".
    [[nodiscard]] std::optional<bool> matches(const QString &name) const;

    friend bool operator==(const TagPattern &a, const TagPattern &b)
    {
        return a.m_syntax == b.m_syntax && a.m_text == b.m_text;
    }

private:
    /// What one character of a name may be, or "*".
    struct Step
    {
        bool isAnything = false; ///< "*"
        bool isNegated = false;
        QList<std::pair<QChar, QChar>> ranges = {};

        [[nodiscard]] bool accepts(QChar character) const;
    };

    void parseGlob();
    qsizetype parseSet(qsizetype start);
    void parseExpression();
    [[nodiscard]] bool followsGlob(const QString &name) const;

    QString m_text;
    Syntax m_syntax;
    std::optional<PatternFault> m_fault;
    QList<Step> m_steps; ///< Of a glob.
    QRegularExpression m_expression;
};

/// The patterns of a list with commas or spaces between them, as the command line and the window
/// take them.
[[nodiscard]] QList<TagPattern> globsOf(const QString &list);
/// A list of patterns as globsOf() takes it.
[[nodiscard]] QString listOf(const QList<TagPattern> &patterns);

} // namespace Longshore
