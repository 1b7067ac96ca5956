using Mesh.Core.Trust;

namespace Mesh.Core.Sessions;

/// <summary>What became of the use of an invite, and what it gives.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Rights">What the node may do here when it was redeemed, else none.</param>
internal readonly record struct InviteAnswer(InviteOutcome Outcome, Rights Rights);
