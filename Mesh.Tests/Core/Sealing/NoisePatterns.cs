using Mesh.Core.Sealing;

namespace Mesh.Tests.Core.Sealing;

/// <summary>Patterns of the Noise specification without pre-messages, to run the published vectors.</summary>
internal static class NoisePatterns
{
    private const string Modifier = "psk";

    private static readonly Dictionary<string, string[]> Messages = new()
    {
        ["NN"] = ["e", "e ee"],
        ["NX"] = ["e", "e ee s es"],
        ["NX1"] = ["e", "e ee s", "es"],
        ["XN"] = ["e", "e ee", "s se"],
        ["X1N"] = ["e", "e ee", "s", "se"],
        ["XX"] = ["e", "e ee s es", "s se"],
        ["X1X"] = ["e", "e ee s es", "s", "se"],
        ["XX1"] = ["e", "e ee s", "es s se"],
        ["X1X1"] = ["e", "e ee s", "es s", "se"],
        ["IN"] = ["e s", "e ee se"],
        ["I1N"] = ["e s", "e ee", "se"],
        ["IX"] = ["e s", "e ee se s es"],
        ["I1X"] = ["e s", "e ee s es", "se"],
        ["IX1"] = ["e s", "e ee se s", "es"],
        ["I1X1"] = ["e s", "e ee s", "se es"],
    };

    /// <summary>Finds a pattern.</summary>
    /// <param name="name">Its name with modifiers, such as <c>XXpsk0+psk3</c>.</param>
    /// <returns>The pattern, or null when it has pre-messages.</returns>
    public static NoisePattern? Find(string name)
    {
        var start = name.IndexOf(Modifier, StringComparison.Ordinal);
        if (!Messages.TryGetValue(start < 0 ? name : name[..start], out var messages))
        {
            return null;
        }

        var tokens = messages.Select(message => message.Split(' ').ToList()).ToList();
        foreach (var modifier in start < 0 ? [] : name[start..].Split('+'))
        {
            // Noise §9.2: psk0 begins the first message, pskN ends the Nth.
            var place = int.Parse(modifier[Modifier.Length..], provider: null);
            tokens[Math.Max(0, place - 1)].Insert(place == 0 ? 0 : tokens[place - 1].Count, Modifier);
        }

        return new NoisePattern(name, [.. tokens.Select(message => message.Select(TokenOf).ToArray())]);
    }

    private static NoiseToken TokenOf(string token) => token switch
    {
        "e" => NoiseToken.Ephemeral,
        "s" => NoiseToken.Static,
        "ee" => NoiseToken.EphemeralEphemeral,
        "es" => NoiseToken.EphemeralStatic,
        "se" => NoiseToken.StaticEphemeral,
        "ss" => NoiseToken.StaticStatic,
        Modifier => NoiseToken.PresharedKey,
        _ => throw new ArgumentOutOfRangeException(nameof(token)),
    };
}
