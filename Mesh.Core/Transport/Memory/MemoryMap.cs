using System.Net;

namespace Mesh.Core.Transport.Memory;

/// <summary>Which interface has an address, and which share a segment. Guarded by the network's lock.</summary>
internal sealed class MemoryMap
{
    private readonly Dictionary<IPAddress, MemoryInterface> _byAddress = [];
    private readonly Dictionary<string, List<MemoryInterface>> _bySegment = [];

    /// <summary>Puts an interface on its segment.</summary>
    /// <exception cref="ArgumentException">Its address is taken.</exception>
    public void Add(MemoryInterface added)
    {
        _byAddress.Add(added.Address, added);
        if (!_bySegment.TryGetValue(added.Segment!, out var members))
        {
            _bySegment[added.Segment!] = members = [];
        }

        members.Add(added);
    }

    /// <summary>Takes an interface off its segment.</summary>
    public void Remove(MemoryInterface removed)
    {
        _ = _byAddress.Remove(removed.Address);
        _ = _bySegment[removed.Segment!].Remove(removed);
    }

    /// <summary>The interfaces that hear what one of them says to all, itself included.</summary>
    public IReadOnlyList<MemoryInterface> Neighbours(MemoryInterface of) =>
        of.Segment is null ? [of] : _bySegment.GetValueOrDefault(of.Segment) ?? [];

    /// <summary>
    /// Finds the way to an address. IPv4 is routed between segments; link-local addresses are looked for on the segment
    /// that their scope names, or on all of the host's when they name none.
    /// </summary>
    /// <returns><see langword="null"/> when no host has the address, or the host has no way out.</returns>
    public MemoryRoute? Resolve(MemoryHost from, IPAddress destination)
    {
        foreach (var own in from.Interfaces)
        {
            if (own.Has(destination))
            {
                return new MemoryRoute(own, own, destination);
            }
        }

        return destination.IsIPv6LinkLocal ? ResolveLinkLocal(from, destination) : ResolveRouted(from, destination);
    }

    private MemoryRoute? ResolveLinkLocal(MemoryHost from, IPAddress destination)
    {
        foreach (var own in from.Interfaces)
        {
            if (own.IsLoopback || (destination.ScopeId != 0 && destination.ScopeId != own.Index))
            {
                continue;
            }

            foreach (var neighbour in Neighbours(own))
            {
                if (neighbour.Has(destination))
                {
                    return new MemoryRoute(own, neighbour, destination);
                }
            }
        }

        return null;
    }

    private MemoryRoute? ResolveRouted(MemoryHost from, IPAddress destination)
    {
        if (!_byAddress.TryGetValue(destination, out var target))
        {
            return null;
        }

        MemoryInterface? outwards = null;
        foreach (var own in from.Interfaces)
        {
            if (own.Segment == target.Segment)
            {
                return new MemoryRoute(own, target, destination);
            }

            outwards ??= own.IsLoopback ? null : own;
        }

        return outwards is null ? null : new MemoryRoute(outwards, target, destination);
    }
}
