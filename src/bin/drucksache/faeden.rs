//! How much is done at once: `--jobs`. It changes how long a run takes and nothing else.

use std::sync::Once;
use std::thread::available_parallelism;

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::melden;

/// Most threads of a command: more than any machine makes use of, and few enough to start at once.
const HOECHSTENS: usize = 256;

/// Starts a thread for each core, for whatever is done at once from now on. Where the system has none to give, all is
/// done on the thread at hand.
pub(crate) fn alle_kerne() {
    static EINMAL: Once = Once::new();
    EINMAL.call_once(|| {
        // Said outright, because what the environment says must not matter.
        let kerne = available_parallelism().map_or(1, |kerne| kerne.get().min(HOECHSTENS));
        let faeden = ThreadPoolBuilder::new().num_threads(kerne);
        if faeden.build_global().is_err() {
            let allein = ThreadPoolBuilder::new().num_threads(1).use_current_thread();
            // If that fails too, threads are there: somebody else started them.
            let _ = allein.build_global();
        }
    });
}

/// The threads of a command.
pub(crate) struct Faeden(Option<ThreadPool>);

impl Faeden {
    /// As many as were asked for; one for each core if nobody asked. `None` if the system has no more, which is said.
    pub(crate) fn neu(jobs: Option<u16>) -> Option<Self> {
        let Some(jobs) = jobs else {
            alle_kerne();
            return Some(Self(None));
        };
        let faeden = ThreadPoolBuilder::new().num_threads(usize::from(jobs).min(HOECHSTENS));
        match faeden.build() {
            Ok(faeden) => Some(Self(Some(faeden))),
            Err(_) => {
                melden::klage(
                    "Fehler: dieser Rechner lässt nicht so viele Arbeitsfäden zu; mit --jobs 1 geht es\n",
                );
                None
            }
        }
    }

    /// How many there are.
    pub(crate) fn zahl(&self) -> usize {
        self.mit(rayon::current_num_threads)
    }

    /// Does work on these threads.
    pub(crate) fn mit<T: Send>(&self, tu: impl FnOnce() -> T + Send) -> T {
        match &self.0 {
            Some(faeden) => faeden.install(tu),
            None => tu(),
        }
    }
}
