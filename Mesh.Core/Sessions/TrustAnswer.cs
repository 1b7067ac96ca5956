using Mesh.Core.Trust;

namespace Mesh.Core.Sessions;

/// <summary>How a node stands, and what it may do.</summary>
/// <param name="Standing">How it stands.</param>
/// <param name="Rights">What it may do here when it is accepted, else none.</param>
internal readonly record struct TrustAnswer(TrustState Standing, Rights Rights);
