using System.Security.Cryptography;
using System.Text;

namespace Mesh.Statecharts.Hosting;

/// <summary>The name of a chart that was given none.</summary>
internal static class DefaultName
{
    private const int Length = 5;

    // The DNS namespace of RFC 9562 §6.6.
    private static readonly byte[] DnsNamespace = Convert.FromHexString("6ba7b8109dad11d180b400c04fd430c8");

    /// <summary>The first five characters of the version 5 UUID of a state's name, as miros does it.</summary>
    public static string Of(string startState)
    {
        // A version 5 UUID is SHA-1 by definition; the bits that carry its version come after the fifth character.
#pragma warning disable CA5350
        var hash = SHA1.HashData([.. DnsNamespace, .. Encoding.UTF8.GetBytes(startState)]);
#pragma warning restore CA5350
        return Convert.ToHexStringLower(hash)[..Length];
    }
}
