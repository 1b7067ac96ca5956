using System.Globalization;

namespace Mesh.Bench.Harness;

/// <summary>Numbers for people: three or four digits that mean something, thousands apart.</summary>
internal static class NumberText
{
    public static string Of(double number) => number.ToString(Format(Math.Abs(number)), CultureInfo.InvariantCulture);

    private static string Format(double size) => size switch
    {
        >= 1_000 => "N0",
        >= 100 => "0",
        >= 10 => "0.#",
        _ => "0.##",
    };
}
