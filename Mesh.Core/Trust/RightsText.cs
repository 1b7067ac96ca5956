namespace Mesh.Core.Trust;

/// <summary>Rights as people write them: <c>trace,spy,post,call,admin</c>.</summary>
public static class RightsText
{
    private static readonly (string Word, Rights Right)[] Words =
    [
        ("trace", Rights.Trace), ("spy", Rights.Spy), ("post", Rights.Post), ("call", Rights.Call),
        ("admin", Rights.Admin),
    ];

    // Every word some times over.
    private const int MaxCharacters = 256;

    /// <summary>Writes rights in the order of their words.</summary>
    /// <param name="rights">Any combination.</param>
    /// <returns>Words joined by commas; empty for none.</returns>
    public static string Format(Rights rights) =>
        string.Join(',', Words.Where(entry => (rights & entry.Right) != 0).Select(entry => entry.Word));

    /// <summary>Reads what a person wrote.</summary>
    /// <param name="text">Words separated by commas or spaces, in any order and case.</param>
    /// <param name="rights">The rights.</param>
    /// <returns>False when a word is not a right, there is none, or they are many times too many.</returns>
    public static bool TryParse(string text, out Rights rights)
    {
        ArgumentNullException.ThrowIfNull(text);
        rights = Rights.None;
        if (text.Length > MaxCharacters)
        {
            return false;
        }

        foreach (var word in text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            var found = Array.Find(Words, entry => entry.Word.Equals(word, StringComparison.OrdinalIgnoreCase));
            if (found.Right == Rights.None)
            {
                return false;
            }

            rights |= found.Right;
        }

        return rights != Rights.None;
    }
}
