using System.Globalization;

namespace Mesh.Node.Output;

/// <summary>Durations for people, short: <c>180 ms</c>, <c>2.4 s</c>, <c>3 min</c>, <c>5 h 12 min</c>.</summary>
internal static class ElapsedText
{
    /// <summary>Makes the text.</summary>
    /// <param name="elapsed">Not negative.</param>
    public static string Of(TimeSpan elapsed) => Spell(elapsed).ToString(CultureInfo.InvariantCulture);

    private static FormattableString Spell(TimeSpan elapsed) => elapsed switch
    {
        { TotalSeconds: < 1 } => $"{elapsed.TotalMilliseconds:0} ms",
        { TotalSeconds: < 60 } => $"{elapsed.TotalSeconds:0.#} s",
        { TotalMinutes: < 60 } => $"{elapsed.TotalMinutes:0} min",
        { TotalHours: < 24 } => $"{(int)elapsed.TotalHours} h {elapsed.Minutes} min",
        _ => $"{(int)elapsed.TotalDays} d {elapsed.Hours} h",
    };
}
