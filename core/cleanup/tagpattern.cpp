// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/tagpattern.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr qsizetype longestPattern = 512;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TagPattern)
};

} // namespace

TagPattern::TagPattern(const QString &text, Syntax syntax) : m_text(text), m_syntax(syntax)
{
    if (text.isEmpty())
        m_fault = PatternFault{0, Text::tr("The pattern is empty.")};
    else if (text.size() > longestPattern)
        m_fault = PatternFault{longestPattern, Text::tr("The pattern is too long.")};
    else if (syntax == Syntax::Glob)
        parseGlob();
    else
        parseExpression();
}

bool TagPattern::Step::accepts(QChar character) const
{
    const bool isListed = std::any_of(ranges.begin(), ranges.end(), [character](const auto &range) {
        return range.first <= character && character <= range.second;
    });
    return isListed != isNegated;
}

void TagPattern::parseGlob()
{
    qsizetype position = 0;
    while (position < m_text.size() && !m_fault) {
        const QChar character = m_text.at(position);
        if (character == u'[') {
            position = parseSet(position);
            continue;
        }
        if (character == u'*')
            m_steps.append(Step{true});
        else if (character == u'?')
            m_steps.append(Step{false, true}); // Anything but nothing.
        else
            m_steps.append(Step{false, false, {{character, character}}});
        ++position;
    }
}

/// Reads a set of characters that begins at \a start; the position behind it.
qsizetype TagPattern::parseSet(qsizetype start)
{
    Step step;
    qsizetype position = start + 1;
    step.isNegated = position < m_text.size() && m_text.at(position) == u'!';
    position += step.isNegated ? 1 : 0;
    while (position < m_text.size() && m_text.at(position) != u']') {
        const QChar from = m_text.at(position);
        const bool isRange = position + 2 < m_text.size() && m_text.at(position + 1) == u'-'
                             && m_text.at(position + 2) != u']';
        const QChar to = isRange ? m_text.at(position + 2) : from;
        if (to < from)
            m_fault = PatternFault{position, Text::tr("The range is the wrong way round.")};
        step.ranges.append({from, to});
        position += isRange ? 3 : 1;
    }
    if (position == m_text.size())
        m_fault = PatternFault{start, Text::tr("The bracket is not closed.")};
    else if (step.ranges.isEmpty())
        m_fault = PatternFault{start, Text::tr("There is nothing between the brackets.")};
    m_steps.append(step);
    return position + 1;
}

void TagPattern::parseExpression()
{
    // Alone first: "a)|(b" means something else within our own brackets.
    const QRegularExpression alone(m_text);
    // No name is longer than 128 characters. What needs more steps than this for one of them would,
    // for the names of a large repository, take longer than anybody waits.
    const QString front = u"(*LIMIT_MATCH=20000)\\A(?:"_s;
    m_expression.setPattern(front + m_text + u")\\z"_s);
    if (alone.isValid() && m_expression.isValid())
        return;
    const qsizetype offset = alone.isValid() ? m_expression.patternErrorOffset() - front.size()
                                             : alone.patternErrorOffset();
    m_fault =
        PatternFault{std::clamp<qsizetype>(offset, 0, m_text.size()),
                     Text::tr("The expression is not valid: %1.")
                         .arg(alone.isValid() ? m_expression.errorString() : alone.errorString())};
}

std::optional<bool> TagPattern::matches(const QString &name) const
{
    if (m_fault)
        return false;
    if (m_syntax == Syntax::Glob)
        return followsGlob(name);
    const QRegularExpressionMatch match = m_expression.match(name);
    // Nothing is wrong with the expression: the limit was reached.
    if (!match.isValid())
        return {};
    return match.hasMatch();
}

/// Goes back to no "*" but the last, so that it never takes longer than the product of both lengths.
bool TagPattern::followsGlob(const QString &name) const
{
    qsizetype step = 0;
    qsizetype position = 0;
    qsizetype lastStar = -1;
    qsizetype resume = 0;
    while (position < name.size()) {
        if (step < m_steps.size() && m_steps.at(step).isAnything) {
            lastStar = step++;
            resume = position;
        } else if (step < m_steps.size() && m_steps.at(step).accepts(name.at(position))) {
            ++step;
            ++position;
        } else if (lastStar >= 0) {
            step = lastStar + 1;
            position = ++resume;
        } else {
            return false;
        }
    }
    return std::all_of(m_steps.begin() + step, m_steps.end(),
                       [](const Step &rest) { return rest.isAnything; });
}

QList<TagPattern> globsOf(const QString &list)
{
    static const QRegularExpression separators(u"[,\\s]+"_s);
    QList<TagPattern> patterns;
    const QStringList words = list.split(separators, Qt::SkipEmptyParts);
    for (const QString &word : words)
        patterns.append(TagPattern(word));
    return patterns;
}

QString listOf(const QList<TagPattern> &patterns)
{
    QStringList words;
    for (const TagPattern &pattern : patterns)
        words.append(pattern.text());
    return words.join(u", "_s);
}

} // namespace Longshore
