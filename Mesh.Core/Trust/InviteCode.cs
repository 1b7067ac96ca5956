using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Mesh.Core.Identity;
using Mesh.Core.Sealing;
using Mesh.Core.Wire;

namespace Mesh.Core.Trust;

/// <summary>What an invite is as text: whom to dial, where, and the secret that opens one handshake.</summary>
/// <remarks>
/// <code>
/// offset  size     field
///      0     1     version    (1)
///      1    20     node id    (of the inviter)
///     21    16     secret
///     37  7 or 19  endpoint   (length of its address u8 = 4 or 16, address, port u16), once or twice
///   last     2     check      (the first bytes of SHA-256("mesh/1 code" ‖ all before))
/// </code>
/// Written in Crockford's base 32 in groups of 5; docs/wire-format.md §9. Holds a secret: the code goes to the one who
/// is invited and nowhere else. Disposing zeroes it.
/// </remarks>
internal sealed class InviteCode : IDisposable
{
    /// <summary>Most endpoints in a code.</summary>
    public const int MaxEndpoints = WireLimits.MaxInviteEndpoints;

    private const byte Version = 1;
    private const int GroupSize = 5;
    private const int CheckBytes = 2;
    private const int SecretOffset = 1 + NodeId.SizeBytes;
    private const int EndpointsOffset = SecretOffset + KeyDerivation.InviteSecretBytes;
    private const int MinBytes = EndpointsOffset + 1 + 4 + 2 + CheckBytes;
    private const int MaxBytes = EndpointsOffset + (MaxEndpoints * (1 + EndpointBytes.MaxBytes)) + CheckBytes;

    private readonly SecretBuffer _secret;

    /// <summary>Makes a code.</summary>
    /// <param name="inviter">The node to dial.</param>
    /// <param name="secret">Exactly 16 bytes; copied.</param>
    /// <param name="endpoints">Where the inviter can be reached: 1 or 2, the better one first.</param>
    /// <exception cref="ArgumentException">The secret, or the number of endpoints, or a port is wrong.</exception>
    public InviteCode(NodeId inviter, ReadOnlySpan<byte> secret, IReadOnlyList<IPEndPoint> endpoints)
    {
        KeySize.Require(secret, KeyDerivation.InviteSecretBytes, nameof(secret));
        if (endpoints.Count is 0 or > MaxEndpoints || endpoints.Any(endpoint => endpoint.Port == 0))
        {
            throw new ArgumentException($"1 to {MaxEndpoints} endpoints with a port are needed.", nameof(endpoints));
        }

        Inviter = inviter;
        _secret = new SecretBuffer(secret);
        Endpoints = endpoints;
    }

    /// <summary>The node to dial; another one that answers there is not told who joins.</summary>
    public NodeId Inviter { get; }

    /// <summary>16 bytes. Secret; not to be kept beyond the disposal.</summary>
    public ReadOnlySpan<byte> Secret => _secret.Span;

    /// <summary>Where the inviter can be reached, the better one first.</summary>
    public IReadOnlyList<IPEndPoint> Endpoints { get; }

    private static ReadOnlySpan<byte> CheckLabel => "mesh/1 code"u8;

    /// <summary>Reads what a person typed or pasted.</summary>
    /// <param name="text">Untrusted, any length. Case, dashes and white space do not matter.</param>
    /// <param name="code">The code, when the result is <see cref="InviteCodeResult.Read"/>.</param>
    /// <returns>What is wrong with the text, if anything.</returns>
    public static InviteCodeResult TryParse(ReadOnlySpan<char> text, out InviteCode? code)
    {
        code = null;
        Span<char> characters = stackalloc char[CrockfordBase32.CharacterCount(MaxBytes)];
        if (!TryCompact(text, characters, out var count))
        {
            return InviteCodeResult.TooLong;
        }

        Span<byte> bytes = stackalloc byte[MaxBytes];
        try
        {
            var result = Decode(characters[..count], bytes, out var length);
            return result == InviteCodeResult.Read ? TryRead(bytes[..length], out code) : result;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
            characters.Clear();
        }
    }

    /// <summary>The text of the code.</summary>
    /// <returns>About 74 characters in groups of 5 for one IPv4 endpoint. Secret.</returns>
    public string ToText()
    {
        Span<byte> bytes = stackalloc byte[MaxBytes];
        Span<byte> id = stackalloc byte[NodeId.SizeBytes];
        Inviter.Write(id);
        bytes[0] = Version;
        id.CopyTo(bytes[1..]);
        _secret.Span.CopyTo(bytes[SecretOffset..]);
        var length = EndpointsOffset;
        foreach (var endpoint in Endpoints)
        {
            bytes[length++] = endpoint.AddressFamily == AddressFamily.InterNetwork ? (byte)4 : (byte)16;
            length += EndpointBytes.Write(endpoint, bytes[length..]);
        }

        WriteCheck(bytes[..length], bytes[length..]);
        var text = CrockfordBase32.ToGroups(bytes[..(length + CheckBytes)], GroupSize);
        CryptographicOperations.ZeroMemory(bytes);
        return text;
    }

    /// <summary>Zeroes the secret.</summary>
    public void Dispose() => _secret.Dispose();

    /// <summary>The inviter's id, and nothing secret.</summary>
    /// <returns>The id in groups.</returns>
    public override string ToString() => Inviter.ToString();

    private static bool TryCompact(ReadOnlySpan<char> text, Span<char> characters, out int count)
    {
        count = 0;
        foreach (var character in text)
        {
            if (character == '-' || char.IsWhiteSpace(character))
            {
                continue;
            }

            if (count == characters.Length)
            {
                return false;
            }

            characters[count++] = character;
        }

        return true;
    }

    private static InviteCodeResult Decode(ReadOnlySpan<char> characters, Span<byte> bytes, out int length)
    {
        // A letter and a zero always make a byte: what does not is no letter of the alphabet.
        Span<byte> one = stackalloc byte[1];
        length = 0;
        foreach (var character in characters)
        {
            if (!CrockfordBase32.TryDecode([character, '0'], one, out _))
            {
                return InviteCodeResult.NotACode;
            }
        }

        if (characters.Length < CrockfordBase32.CharacterCount(MinBytes))
        {
            return InviteCodeResult.TooShort;
        }

        // No bytes give this number of characters, or this last one.
        return CrockfordBase32.TryDecode(characters, bytes, out length)
            ? InviteCodeResult.Read
            : InviteCodeResult.Mistyped;
    }

    private static InviteCodeResult TryRead(ReadOnlySpan<byte> bytes, out InviteCode? code)
    {
        code = null;

        // The check first: every version has the same, and a wrong first character is no other version.
        Span<byte> check = stackalloc byte[CheckBytes];
        WriteCheck(bytes[..^CheckBytes], check);
        if (!check.SequenceEqual(bytes[^CheckBytes..]))
        {
            return InviteCodeResult.Mistyped;
        }

        if (bytes[0] != Version)
        {
            return InviteCodeResult.OtherVersion;
        }

        if (!TryReadEndpoints(bytes[EndpointsOffset..^CheckBytes], out var endpoints))
        {
            return InviteCodeResult.Malformed;
        }

        code = new InviteCode(new NodeId(bytes[1..SecretOffset]), bytes[SecretOffset..EndpointsOffset], endpoints);
        return InviteCodeResult.Read;
    }

    private static bool TryReadEndpoints(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out IPEndPoint[]? endpoints)
    {
        endpoints = null;
        var read = new List<IPEndPoint>(MaxEndpoints);
        while (!bytes.IsEmpty)
        {
            var end = 1 + bytes[0] + 2;
            if (read.Count == MaxEndpoints
                || end > bytes.Length
                || !EndpointBytes.TryRead(bytes[1..end], out var endpoint))
            {
                return false;
            }

            read.Add(endpoint);
            bytes = bytes[end..];
        }

        endpoints = [.. read];
        return endpoints.Length > 0;
    }

    private static void WriteCheck(ReadOnlySpan<byte> content, Span<byte> destination)
    {
        Span<byte> input = stackalloc byte[CheckLabel.Length + MaxBytes];
        CheckLabel.CopyTo(input);
        content.CopyTo(input[CheckLabel.Length..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input[..(CheckLabel.Length + content.Length)], hash);
        hash[..CheckBytes].CopyTo(destination);
        CryptographicOperations.ZeroMemory(input);
    }
}
