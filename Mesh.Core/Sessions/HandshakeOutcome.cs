using Mesh.Core.Sealing;

namespace Mesh.Core.Sessions;

/// <summary>What a finished handshake gives: who it is, and the keys, which the receiver owns.</summary>
/// <param name="Peer">Who is at the other end.</param>
/// <param name="Sending">Seals what this side sends.</param>
/// <param name="Receiving">Opens what the other side sends.</param>
/// <param name="Binding">The first 8 bytes of the handshake hash.</param>
internal sealed record HandshakeOutcome(
    HandshakePeer Peer, SessionCipher Sending, SessionCipher Receiving, ulong Binding);
