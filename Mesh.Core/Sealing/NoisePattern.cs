namespace Mesh.Core.Sealing;

/// <summary>Which tokens each message of a handshake has, the initiator's first (Noise §7).</summary>
/// <remarks>Only patterns without pre-messages: no side needs to know the other's key before.</remarks>
internal sealed class NoisePattern
{
    /// <summary>The pattern of MESH/1: both sides prove themselves, hidden, under a key shared before.</summary>
    /// <remarks>
    /// <code>
    /// -> psk, e
    /// &lt;- e, ee, s, es
    /// -> s, se
    /// </code>
    /// </remarks>
    public static readonly NoisePattern XXpsk0 = new(
        "XXpsk0",
        [NoiseToken.PresharedKey, NoiseToken.Ephemeral],
        [NoiseToken.Ephemeral, NoiseToken.EphemeralEphemeral, NoiseToken.Static, NoiseToken.EphemeralStatic],
        [NoiseToken.Static, NoiseToken.StaticEphemeral]);

    private readonly NoiseToken[][] _messages;

    /// <summary>Describes a pattern.</summary>
    /// <param name="name">Its name in the literature, with its modifiers.</param>
    /// <param name="messages">The tokens of each message.</param>
    public NoisePattern(string name, params NoiseToken[][] messages)
    {
        _messages = messages;
        ProtocolName = $"Noise_{name}_25519_ChaChaPoly_SHA256";
        PresharedKeyCount = messages.Sum(tokens => tokens.Count(token => token == NoiseToken.PresharedKey));
    }

    /// <summary>The name that both sides hash first (Noise §8).</summary>
    public string ProtocolName { get; }

    /// <summary>How many messages the handshake has.</summary>
    public int MessageCount => _messages.Length;

    /// <summary>How many pre-shared keys are mixed in.</summary>
    public int PresharedKeyCount { get; }

    /// <summary>The tokens of a message.</summary>
    /// <param name="index">Which message, from 0.</param>
    /// <returns>The tokens in order.</returns>
    public ReadOnlySpan<NoiseToken> TokensOf(int index) => _messages[index];
}
