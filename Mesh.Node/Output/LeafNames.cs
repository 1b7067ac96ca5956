namespace Mesh.Node.Output;

/// <summary>The innermost active states that the name of a settled state stands for.</summary>
internal static class LeafNames
{
    /// <summary>Takes a name apart; charts with parallel regions join the states of their regions by commas.</summary>
    /// <param name="stateName">The name; empty for none.</param>
    /// <returns>The states, in the order of the definition.</returns>
    public static string[] Of(string stateName) => stateName.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
