namespace Mesh.Statecharts.Scxml;

/// <summary>The repeated posts of sends that have an id, to be cancelled by it.</summary>
internal sealed class TimedSends
{
    private readonly Dictionary<string, List<TimedPostId>> _posts = new(StringComparer.Ordinal);

    /// <summary>The posts by the ids of their sends.</summary>
    public IReadOnlyDictionary<string, List<TimedPostId>> Posts => _posts;

    /// <summary>Remembers a post.</summary>
    public void Add(string sendId, TimedPostId post)
    {
        if (!_posts.TryGetValue(sendId, out var posts))
        {
            posts = [];
            _posts.Add(sendId, posts);
        }

        posts.Add(post);
    }

    /// <summary>Ends all posts of an id.</summary>
    public void Cancel(string sendId, IChart chart)
    {
        if (_posts.Remove(sendId, out var posts))
        {
            foreach (var post in posts)
            {
                chart.CancelEvent(post);
            }
        }
    }
}
