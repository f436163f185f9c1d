//! Command lines with something changed in them: for the parser alone, and for the program.

mod dice;

pub(crate) use dice::Dice;

const LINES: [&str; 17] = [
    "limit --experiment coherent-csi --flavor mu --mass 1,20,40",
    "events --experiment dresden-ii --quenching lindhard --mass 1 --coupling 1e-7",
    "limit --experiment dresden-ii --mass 1 --reactor-flux kopeikin-mueller",
    "limit --experiment xenonnt-s2 --flavor tau --mass 0.1,5,10",
    "limit --combine coherent-csi,coherent-lar --flavor mu --mass 20",
    "limit --experiment xenonnt-er --mass 0.001 --weights 1:1:1",
    "verdict --flavor mu --mass 1 --coupling 1e-6 --cl 0.95",
    "sensitivity --experiment xenon1t --mass 1",
    "inputs --experiment dresden-ii --set exposure=964",
    "decay-length --experiment coherent-csi --flavor mu --mass 1:50:20 --length 20 --majorana",
    "limit --experiment coherent-csi --weights 1:1:0 --sides one --mass 1",
    "spectrum --experiment pandax-4t --recoil 0.1:50:20 --printed-sign",
    "cross-section --process dipole-nucleus --target Ge74 --flavor e --energy 4 --recoil 0.3 --mass 1 --coupling 1e-7",
    "best-fit --experiment xenon1t --dof 2",
    "export --address mass=2&view=data --what spectrum --format csv",
    "limit --experiment xenon1t --expected --nuclei-only --flux-sun 0.5 --lindhard-k 0.1 --mass 0.1:50:7",
    "validate --help",
];
const VALUES: [&str; 34] = [
    "",
    " ",
    "-",
    "--",
    "-1",
    "0",
    "1",
    "0.5",
    "NaN",
    "inf",
    "1e-12",
    "1e-320",
    "1e308",
    "1e999",
    "0,1",
    "1,,2",
    "0.1:50:3",
    "50:0.1:3",
    "1:1:1",
    "0:0:0",
    "99999999999999999999",
    "xenon1t",
    "lz-er",
    "mu",
    "exposure=0",
    "exposure=",
    "=",
    "own=key,value",
    "%E2%80%AE",
    "\u{202e}",
    "\u{200b}",
    "🦀",
    "a\nb",
    "\u{1b}[31m",
];

/// The arguments of a line in which up to four things are changed.
pub(crate) fn mutated(dice: &mut Dice) -> Vec<String> {
    let mut words: Vec<String> = dice.of(&LINES).split(' ').map(str::to_owned).collect();
    for _ in 0..dice.below(5) {
        let at = dice.below(words.len());
        match dice.below(7) {
            0 if words.len() > 1 => drop(words.remove(at)),
            1 => words.insert(at, dice.of(&VALUES).to_owned()),
            2 | 3 => words[at] = dice.of(&VALUES).to_owned(),
            4 => {
                // An option of another command, with its value.
                let other: Vec<&str> = dice.of(&LINES).split(' ').collect();
                let from = 1 + dice.below(other.len() - 1);
                words.extend(other[from..].iter().take(2).map(|word| (*word).to_owned()));
            }
            5 => {
                let signs: Vec<char> = words[at].chars().collect();
                let place = dice.below(signs.len() + 1);
                words[at] = signs[..place]
                    .iter()
                    .chain(&signs[(place + 1).min(signs.len())..])
                    .collect();
            }
            _ => words[at].push_str(dice.of(&VALUES)),
        }
    }
    // No file is read or written anywhere else.
    words.iter().map(|word| word.replace('/', "")).collect()
}
