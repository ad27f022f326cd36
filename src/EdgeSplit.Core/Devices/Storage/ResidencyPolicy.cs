namespace EdgeSplit.Core.Devices.Storage;

/// <summary>What stays in memory when not all weights fit.</summary>
public enum ResidencyPolicy
{
    /// <summary>As many weights as fit are pinned; each pass reads the others ahead of use (prima.cpp, and any runtime with a fixed resident set).</summary>
    Pinned,

    /// <summary>The least recently used page makes room. A pass touches all layers in order, so the page that is needed next is always the one just dropped: nothing is ever found
    /// again, and each pass reads everything, waiting for each page (llama.cpp with a memory map).</summary>
    LeastRecentlyUsed,
}
