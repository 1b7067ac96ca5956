using System.Net;

namespace Mesh.Core.Sessions;

/// <summary>One try to reach a target: dial all endpoints at once, the first that proves itself wins.</summary>
/// <param name="Target">Whom.</param>
/// <param name="Endpoints">Where, 1 to 4 of them.</param>
internal sealed record DialRequest(DialTarget Target, IReadOnlyList<IPEndPoint> Endpoints);
