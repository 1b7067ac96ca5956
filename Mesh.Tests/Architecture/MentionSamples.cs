using System.Globalization;
using System.Text;

namespace Mesh.Tests.Architecture;

/// <summary>Mentions one type in each of the ways there are.</summary>
internal sealed class MentionSamples
{
    private readonly StringBuilder _field = new();
    private readonly Dictionary<string, List<Uri>> _generic = [];

    public override string ToString() => $"{_field}{_generic.Count}";

    public static string? Call(Version version) => Path.GetFileName(version.ToString());

    public static Func<string> Lambda() => () => CultureInfo.InvariantCulture.Name;

    public static bool Named(object value) => value is Half;

    [Obsolete("for the test")]
    public static async Task<int> WaitAsync(Task<byte[]> bytes) => BitConverter.ToInt32(await bytes);

    public static T Constrained<T>(T value)
        where T : IComparable, IEquatable<T> => value;

    public static int Parse(string text, TimeOnly[,] times)
    {
        try
        {
            return int.Parse(text, provider: null) + times.Length;
        }
        catch (FormatException)
        {
            return 0;
        }
    }
}
