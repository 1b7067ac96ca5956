namespace Mesh.Core.Sessions;

/// <summary>Which of two sessions of one pair of instances stays; both sides come to the same answer.</summary>
internal static class PairRule
{
    /// <summary>Decides between an open session and one that has just opened.</summary>
    /// <param name="self">This process.</param>
    /// <param name="current">The session that was open already.</param>
    /// <param name="newcomer">The one that has just opened, with the same process at the other end.</param>
    /// <param name="window">Sessions that opened within this time were dialled at once.</param>
    /// <returns>
    /// The newest, unless both opened within the window: then the one dialled by the greater (id, instance), and of
    /// two that one side dialled the one with the greater binding, because the sides may have seen either open first.
    /// </returns>
    public static Session Stays(InstanceKey self, Session current, Session newcomer, TimeSpan window)
    {
        if (newcomer.OpenedAt - current.OpenedAt > window)
        {
            return newcomer;
        }

        if (current.IsDialled == newcomer.IsDialled)
        {
            return current.Binding > newcomer.Binding ? current : newcomer;
        }

        var selfIsGreater = self.CompareTo(current.Peer.Key) > 0;
        return current.IsDialled == selfIsGreater ? current : newcomer;
    }
}
