namespace Mesh.Core.Transport.Memory;

/// <summary>Something that the in-memory network does at a time of its clock.</summary>
internal interface IMemoryDelivery
{
    /// <summary>Does it; called with the network's lock held, when its time has come.</summary>
    void DeliverLocked();
}
