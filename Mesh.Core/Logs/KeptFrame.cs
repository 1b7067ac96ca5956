namespace Mesh.Core.Logs;

/// <summary>What is known of a frame that is kept: where its records begin and which key sealed it.</summary>
/// <param name="Number">Frame number of the lane, from 1.</param>
/// <param name="FirstRecord">Number of its first record.</param>
/// <param name="Count">Count of its records.</param>
/// <param name="Epoch">The epoch whose key sealed it.</param>
internal readonly record struct KeptFrame(ulong Number, ulong FirstRecord, uint Count, uint Epoch);
