using System.Text.RegularExpressions;

namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>Takes the time stamps out of traces.</summary>
internal static partial class Stamps
{
    /// <summary>The lines of a trace without their stamps.</summary>
    public static IReadOnlyList<string> Strip(string trace) =>
        [.. trace.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Leading().Replace(line, ""))];

    /// <summary>A live trace text with <c>[&lt;ts&gt;]</c> for its stamp.</summary>
    public static string Hide(string text) => Anywhere().Replace(text, "[<ts>]");

    [GeneratedRegex(@"^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}\] ")]
    private static partial Regex Leading();

    [GeneratedRegex(@"\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}\]")]
    private static partial Regex Anywhere();
}
