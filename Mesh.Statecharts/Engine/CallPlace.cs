namespace Mesh.Statecharts.Engine;

/// <summary>Which handler call of a step is running, packed: the state above, the ordinal of the call below.</summary>
/// <remarks>The ordinal counts states asked, exits, entries and inits in run order, whether or not they have
/// code.</remarks>
internal static class CallPlace
{
    private const int OrdinalBits = 16;

    public static int Of(int state, int ordinal) => (state << OrdinalBits) + ordinal;

    public static int State(int place) => place >> OrdinalBits;

    public static int Ordinal(int place) => place & ((1 << OrdinalBits) - 1);
}
