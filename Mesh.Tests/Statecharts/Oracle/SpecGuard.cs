using System.Globalization;
using System.Text.Json.Serialization;

namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>A condition on one variable: <c>open == 1</c> or <c>count &lt; 3</c>. Unset variables are 0.</summary>
[JsonConverter(typeof(SpecGuardConverter))]
internal sealed record SpecGuard(string Variable, bool IsLessThan, int Number)
{
    /// <summary>Reads the text form.</summary>
    public static SpecGuard Parse(string text)
    {
        var words = text.Split(' ');
        return new SpecGuard(words[0], words[1] == "<", int.Parse(words[2], CultureInfo.InvariantCulture));
    }

    /// <summary>Whether a value of the variable passes.</summary>
    public bool Allows(int value) => IsLessThan ? value < Number : value == Number;

    /// <summary>The text form.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Variable} {(IsLessThan ? "<" : "==")} {Number}");
}
