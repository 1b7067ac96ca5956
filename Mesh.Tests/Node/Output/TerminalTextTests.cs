using Mesh.Node.Output;
using NUnit.Framework;

namespace Mesh.Tests.Node.Output;

/// <summary>What a peer may write must not steer the terminal of the reader.</summary>
public sealed class TerminalTextTests
{
    [TestCase("plain -> text \\ with \"signs\"", "plain -> text \\ with \"signs\"")]
    [TestCase("größer → 漢字 😀", "größer → 漢字 😀")]
    [TestCase("", "")]
    [TestCase("a\nb\rc\td", "a\\nb\\rc\\td")]
    [TestCase("\u001b[2J\u0007\u0000\u007f", "\\x1b[2J\\x07\\x00\\x7f")]
    [TestCase("\u009b31m\u0085", "\\x9b31m\\x85")]
    [TestCase("user\u202egnp.exe\u202c", "user\\u202egnp.exe\\u202c")]
    [TestCase("\u2066x\u2069\u200e\u200f\u061c\u2028\u2029", "\\u2066x\\u2069\\u200e\\u200f\\u061c\\u2028\\u2029")]
    public void Escape_ShowsWhatWouldSteerATerminal(string text, string expected)
    {
        Assert.That(TerminalText.Escape(text), Is.EqualTo(expected));
    }

    [Test]
    public void Escape_ShowsHalvesOfCharacters_AndLeavesWholeOnes()
    {
        var text = "\ud83d" + "a" + "\ude00" + "😀";

        Assert.That(TerminalText.Escape(text), Is.EqualTo("\\ud83da\\ude00😀"));
    }

    [Test]
    public void Escape_LeavesNoControl_WhateverTheCharacter()
    {
        var escaped = Enumerable.Range(0, char.MaxValue + 1)
            .Select(value => TerminalText.Escape(((char)value).ToString()));

        Assert.That(string.Concat(escaped).Where(char.IsControl), Is.Empty);
    }

    [TestCase("a\u001b[31m\n\t\r\u0085")]
    [TestCase("\u202e漢字\ud83d😀\ude00e\u0301")]
    [TestCase("")]
    public void EscapedColumns_AreThoseOfTheEscapedText(string text) =>
        Assert.That(TerminalText.EscapedColumns(text), Is.EqualTo(TerminalText.Columns(TerminalText.Escape(text))));

    [TestCase("abc", 3)]
    [TestCase("é", 1)]
    [TestCase("e\u0301", 1)]
    [TestCase("漢字", 4)]
    [TestCase("😀", 2)]
    [TestCase("→", 1)]
    public void Columns_CountsWhatATerminalShows(string text, int expected)
    {
        Assert.That(TerminalText.Columns(text), Is.EqualTo(expected));
    }
}
