namespace Mesh.Tests.Architecture;

/// <summary>A record, for the test of the text of public types.</summary>
public readonly record struct PublicPair(int Left, int Right);
