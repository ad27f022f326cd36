namespace EdgeSplit.Core.Simulation;

/// <summary>Link and server as one turn meets them where nothing contends: when what starts at a given time is done. Times are seconds since the start of the turn.</summary>
public interface ITurnChannel
{
    /// <summary>When a message to the server has arrived, its fixed delay included; positive infinity if never.</summary>
    /// <param name="startSeconds">When it is handed to the radio.</param>
    /// <param name="bits">Its size, bits.</param>
    double UplinkCompletionSeconds(double startSeconds, double bits);

    /// <summary>When a job is done; positive infinity if never.</summary>
    /// <param name="startSeconds">When it is handed to the server.</param>
    /// <param name="gpuSeconds">How long it would take on an idle server, seconds.</param>
    double ServerCompletionSeconds(double startSeconds, double gpuSeconds);

    /// <summary>When a message to the device has arrived, its fixed delay included; positive infinity if never.</summary>
    /// <param name="startSeconds">When it is handed to the radio.</param>
    /// <param name="bits">Its size, bits.</param>
    double DownlinkCompletionSeconds(double startSeconds, double bits);
}
